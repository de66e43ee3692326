"""Offers grown from the built-in region: vacancies, company needs, trainings, services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from matcher.domain.codes import municipalities
from matcher.domain.parts import Support
from matcher.domain.text import Lang
from matcher.region.chance import Dice, Template, Weighted, capitalised, templates
from matcher.region.families import Family, Row, common_families, region_rows
from matcher.region.phrases import employer_names, pools

_ASKS_CARD = 0.4
_ASKS_LICENCE = 0.2
_HIDDEN = 0.5

_LANGUAGES: Final = Weighted.of({Lang.FI: 91, Lang.EN: 6, Lang.SV: 3})
_EXTENTS: Final = Weighted.of(
    {("full_time",): 68, ("full_time", "part_time"): 16, ("part_time",): 16}
)
_PLACES: Final = Weighted.of({1: 55, 2: 20, 3: 10, 4: 5, 5: 5, 10: 4, 25: 1})
_SUPPORT: Final = {
    Support.WORK_TRIAL: 0.6,
    Support.PAY_SUBSIDY: 0.55,
    Support.TRAINING_AGREEMENT: 0.2,
    Support.APPRENTICESHIP: 0.25,
    Support.JOB_COACHING: 0.2,
}
_TRAINING_MONTHS: Final = (0.2, 1, 2, 4, 6, 9, 12, 18, 24)


def vacancy_row(id: str, dice: Dice, area: Weighted[str]) -> Row:
    """Return a vacancy in the own format; parameters as for `profile_row`."""
    family, lang = dice.draw(common_families()), dice.draw(_LANGUAGES)
    speech = family.speech[lang]
    title = dice.pick(speech.occupations)
    needs = speech.demands_of(title, dice.whole(2, 5), dice)
    row = _work(id, family, title, needs=needs, dice=dice, area=area)
    times = row["hours"]["times"]
    pool, hours = pools(f"{lang}.ad"), pools(f"{lang}.ad.hours")
    sentences = [
        dice.pick(pool["opening"]),
        *dice.sample(speech.work, dice.whole(2, 4)),
        dice.pick(pool["skills"]),
        dice.pick(hours[times[0]]),
        *dice.sample(pool["benefit"], dice.whole(1, 2)),
        dice.pick(pool["closing"]),
    ]
    text = _told(sentences, row, needs, lang=lang, dice=dice)
    return row | {"language": lang.value, "title": _headline(row, lang, dice), "text": text}


def need_row(id: str, dice: Dice, area: Weighted[str]) -> Row:
    """Return a company need in the own format; parameters as for `profile_row`."""
    family = dice.draw(common_families())
    speech = family.speech[Lang.FI]
    title = dice.pick(speech.occupations)
    needs = speech.demands_of(title, dice.whole(2, 4), dice)
    tasks = family.tasks_of(title, dice.whole(2, 4), dice)
    row = _work(id, family, title, needs=needs, dice=dice, area=area)
    hidden = dice.chance(_HIDDEN)
    pool = pools("fi.need")
    sentences = [
        dice.pick(pool["opening"]),
        dice.pick(pool["tasks"]),
        *dice.sample(speech.work, dice.whole(0, 1)),
        dice.pick(pool["hidden" if hidden else "public"]),
        *dice.sample(pool["closing"], dice.whole(1, 2)),
    ]
    slots = {"t1": tasks[0], "t2": tasks[-1]}
    return row | {
        "language": "fi",
        "title": _headline(row, Lang.FI, dice),
        "text": _told(sentences, row, needs, lang=Lang.FI, dice=dice, more=slots),
        "tasks": tasks,
        "hidden": hidden,
        "support": [kind.value for kind, share in _SUPPORT.items() if dice.chance(share)],
    }


def training_row(id: str, dice: Dice, area: Weighted[str]) -> Row:
    """Return a training in the own format; parameters as for `profile_row`."""
    family = dice.draw(common_families())
    speech = family.speech[Lang.FI]
    base = dice.pick(family.trainings)
    title = dice.pick(speech.occupations)
    learnt = speech.lessons_of(title, dice.whole(3, 5), dice)
    place = {"municipalities": [dice.draw(area)], "remote": dice.chance(0.3)}
    row: Row = {
        "id": id,
        "language": "fi",
        "organisation": base["organisation"],
        "occupations": [title],
        "outcomes": learnt,
        "place": place,
        "duration_months": dice.pick(_TRAINING_MONTHS),
        "cost_eur": 0 if dice.chance(0.7) else dice.whole(4, 90) * 10,
    }
    pool = pools("fi.training")
    heading = dice.pick(pool["titles"])
    sentences = [dice.pick(pool["about"]), *dice.sample(pool["text"], dice.whole(3, 4))]
    return row | {
        "title": _told([heading], row, learnt, lang=Lang.FI, dice=dice),
        "text": _told(sentences, row, learnt, lang=Lang.FI, dice=dice),
    }


def service_row(id: str, dice: Dice, area: Weighted[str]) -> Row:
    """Return a service in the own format: a built-in one in another municipality."""
    base = dice.pick(tuple(region_rows("services").values()))
    code = dice.draw(area)
    name = municipalities()[code].name
    extra = dice.sample(pools("fi.service")["text"], 2)
    told = " ".join(sentence.render(dice, {"m": name.fi}) for sentence in extra)
    return base | {
        "id": id,
        "title": {
            lang: f"{title}, {name.best(Lang(lang))}" for lang, title in base["title"].items()
        },
        "text": base["text"] | {"fi": f"{base['text']['fi']} {told}"},
        "organisation": f"{base['organisation']}, {name.fi}",
        "helps_with": dice.sample(base["helps_with"], max(2, len(base["helps_with"]) - 1)),
        "place": {"municipalities": [code]},
    }


def _work(
    id: str, family: Family, title: str, *, needs: Sequence[str], dice: Dice, area: Weighted[str]
) -> Row:
    """Return what vacancies and needs have in common."""
    remote, extents = dice.chance(family.remote), dice.draw(_EXTENTS)
    codes = [dice.draw(area) for _ in range(2 if dice.chance(0.15) else 1)]
    return {
        "id": id,
        "organisation": f"{dice.pick(employer_names())} {dice.pick(family.organisations)}",
        "occupations": [title],
        "requirements": [_requirement(need, index, dice) for index, need in enumerate(needs)],
        "languages": _asked_languages(family, dice),
        "licences": _asked_licences(family, title, dice),
        "cards": [c for c, share in family.cards.items() if dice.chance(share * _ASKS_CARD)],
        "place": {"municipalities": list(dict.fromkeys(codes)), "remote": remote},
        "hours": {
            "times": dice.sample(family.hours, dice.whole(1, 2)),
            "extents": list(extents),
        },
        "places": dice.draw(_PLACES),
    }


def _requirement(text: str, index: int, dice: Dice) -> Row:
    """Return a requirement: the later it stands, the likelier it is a plus."""
    plus = dice.chance(0.2 * index)
    return {"text": text, "importance": "optional" if plus else "essential"}


def _asked_languages(family: Family, dice: Dice) -> list[str]:
    levels = {"fi": dice.pick(family.vacancy_finnish), "en": dice.pick(family.vacancy_english)}
    return [f"{code}:{level}" for code, level in levels.items() if level]


def _asked_licences(family: Family, title: str, dice: Dice) -> list[str]:
    if title in family.needs_licence:
        return [family.needs_licence[title]]
    return ["B"] if dice.chance(_ASKS_LICENCE * family.licences.get("B", 0)) else []


_HEADLINES: Final = {
    Lang.FI: templates(
        [
            "{title_cap}",
            "{title_cap}, {m}",
            "{title_cap} / {org}",
            "Haussa {title}, {m}",
            "{title_cap}, [vakituinen|määräaikainen|kesätyö|sijaisuus]",
        ]
    ),
    Lang.SV: templates(["{title_cap}", "{title_cap} till {m}", "{title_cap} sökes"]),
    Lang.EN: templates(["{title_cap}", "{title_cap}, {m}", "{title_cap} wanted"]),
}


def _headline(row: Row, lang: Lang, dice: Dice) -> str:
    return _told([dice.pick(_HEADLINES[lang])], row, row["occupations"], lang=lang, dice=dice)


def _told(
    sentences: Sequence[Template],
    row: Row,
    phrases: Sequence[str],
    *,
    lang: Lang,
    dice: Dice,
    more: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the sentences with the facts of the row, and more, in their slots."""
    told = (*phrases, *phrases, *phrases)[:3]
    title = row["occupations"][0]
    place = municipalities()[row["place"]["municipalities"][0]]
    slots: dict[str, object] = {
        "title": title,
        "title_cap": capitalised(title),
        "org": row["organisation"],
        "m": place.name.best(lang),
        "n": dice.whole(4, 60),
        "c1": told[0],
        "c2": told[1],
        "c3": told[2],
        "c1_cap": capitalised(told[0]),
        **more,
    }
    return " ".join(sentence.render(dice, slots) for sentence in sentences)
