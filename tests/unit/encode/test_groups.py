from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from matcher.encode.groups import FILE, KEPT, MAX_GROUPS, GroupHead, Groups, load_head
from matcher.errors import InputError

HEAD = {
    "weights": np.array([[1, 0], [0, 1], [-1, 0]], np.float32),
    "bias": np.array([0, 0, np.log(2)], np.float32),
}


def test_a_head_shares_out_one_by_the_softmax_of_its_scores() -> None:
    head = GroupHead(HEAD["weights"], HEAD["bias"])
    vectors = np.array([[0, 0], [np.log(2), 0]], np.float32)
    assert head.shares(vectors) == pytest.approx(
        np.array([[1 / 4, 1 / 4, 2 / 4], [2 / 4, 1 / 4, 1 / 4]])
    )


def test_the_likeliest_groups_are_kept_at_unit_length() -> None:
    shares = np.arange(40, dtype=np.float32)[None, :]
    groups = Groups.likeliest(shares)
    kept = np.arange(39, 39 - KEPT, -1)
    assert groups.ids[0].tolist() == kept.tolist()
    assert groups.shares[0] == pytest.approx(kept / np.linalg.norm(kept))


def test_of_equal_groups_the_first_are_kept() -> None:
    assert Groups.likeliest(np.ones((1, 40), np.float32)).ids[0].tolist() == list(range(KEPT))


def test_rows_are_taken_and_joined_in_order() -> None:
    groups = Groups.likeliest(np.eye(3, dtype=np.float32))
    joined = Groups.concatenate([groups.take(np.array([2])), groups.take(np.array([0, 1]))])
    assert joined.ids[:, 0].tolist() == [2, 0, 1]


def test_a_saved_head_is_read_again(tmp_path: Path) -> None:
    save_file(HEAD, tmp_path / FILE)
    head = load_head(tmp_path)
    assert head is not None
    assert head.weights.tolist() == HEAD["weights"].tolist()
    assert head.bias.tolist() == HEAD["bias"].tolist()


def test_a_folder_without_a_head_has_none(tmp_path: Path) -> None:
    assert load_head(tmp_path) is None


@pytest.mark.parametrize(
    ("tensors", "reason"),
    [
        ({"weights": HEAD["weights"]}, "bias"),
        (HEAD | {"bias": np.zeros(2, np.float32)}, r"bias of \(2,\)"),
        (
            {
                "weights": np.zeros((MAX_GROUPS + 1, 2), np.float32),
                "bias": np.zeros(MAX_GROUPS + 1, np.float32),
            },
            "513 groups, more than 512",
        ),
    ],
)
def test_a_head_of_another_shape_is_refused(
    tmp_path: Path, tensors: dict[str, np.ndarray], reason: str
) -> None:
    save_file(tensors, tmp_path / FILE)
    with pytest.raises(InputError, match=reason):
        load_head(tmp_path)


def test_a_damaged_head_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no tensors")
    with pytest.raises(InputError, match=r"models/occupations\.py"):
        load_head(tmp_path)
