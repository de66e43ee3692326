"""How open a job is to newcomers, as its advertisement tells.

Of two jobs that take up the same of a person, the one that trains its people, leads nobody
and asks for no degree is within reach of more.
"""

from __future__ import annotations

import re
from typing import Final

# Of lower-case text: to look for either case takes several times as long.
_LEADING: Final = re.compile(
    r"\b(?:senior|sr|lead|chief|head|principal|architect|manager|director|"
    r"\w*päällikkö|\w*johtaja|\w*esimies|\w*mestari|"
    r"\w*chef|\w*direktör|\w*ledare|förman)\b"
)
_DEGREE: Final = re.compile(
    r"\b(?:korkeakoulututkin\w*|ammattikorkea\w*|amk|yliopisto\w*|maisteri\w*|kelpoisuu\w+|"
    r"laillist\w+|valvira\w*|"
    r"degree|bachelor\w*|master.s|licen[sc]ed|"
    r"högskole\w*|universitets\w*|magister\w*|behörighet\w*|legitimer\w*)\b"
)
_TRAINED: Final = re.compile(
    r"\b(?:ei (?:\w+ ){0,2}kokemusta|ilman (?:\w+ )?kokemusta|kokemus(?:ta)? ei ole|"
    r"et tarvitse|emme (?:edellytä|vaadi)|ei (?:vaadita|edellytetä|edellytä|vaadi)|"
    r"koulutamme|perehdyt\w+|kesätyö\w*|harjoittelij\w*|apulai\w+|aputyö\w*|"
    r"no (?:previous |prior )?experience|trainee\w*|we (?:will )?train|internship|"
    r"ingen (?:\w+ )?erfarenhet|inskol\w+|sommarjobb\w*|praktikant\w*|lärling\w*)\b"
)


def openness(title: str, text: str) -> float:
    """Return the share of three signs: no leading post, no degree asked, newcomers are trained.

    Parameters
    ----------
    title, text
        Of the advertisement.

    Returns
    -------
    float
        0 to 1.
    """
    title = title.lower()
    both = f"{title}\n{text.lower()}"
    signs = (not _LEADING.search(title), not _DEGREE.search(both), bool(_TRAINED.search(both)))
    return sum(signs) / len(signs)
