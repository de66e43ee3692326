"""Examples of every request body, as a Finnish municipality would send them."""

from __future__ import annotations

from typing import Any, Final

from fastapi.openapi.models import Example

_WELDER: Final[dict[str, Any]] = {
    "language": "fi",
    "text": "Olen tehnyt konepajalla hitsaustöitä viisitoista vuotta ja opettanut uusia.",
    "competences": [
        {"name": "MIG/MAG-hitsaus", "level": "strong", "evidence": "work"},
        {"name": "TIG-hitsaus", "level": "good", "evidence": "certificate"},
        {"name": "konepajapiirustusten lukeminen", "level": "good", "evidence": "work"},
    ],
    "occupations_done": [{"title": "hitsaaja"}],
    "occupations_wanted": [{"title": "kunnossapitoasentaja"}],
    "education": "kone- ja metallialan perustutkinto",
    "languages": [{"code": "fi", "level": "native"}, {"code": "en", "level": "A2"}],
    "licences": ["B"],
    "cards": ["079"],
    "municipality": "564",
    "commute": {"max_km": 40, "own_car": True},
    "hours": {"times": ["day", "shift"], "extents": ["full_time"]},
}
_NURSE: Final[dict[str, Any]] = {
    "language": "sv",
    "text": "Jag har vårdat äldre hemma och på boende och trivs bäst i hemvården.",
    "competences": [{"name": "hemvård", "level": "strong"}, {"name": "läkemedelshantering"}],
    "occupations_wanted": [{"title": "närvårdare"}],
    "languages": [{"code": "sv", "level": "native"}, {"code": "fi", "level": "B2"}],
    "municipality": "564",
}
_NEED: Final[dict[str, Any]] = {
    "language": "fi",
    "title": {"fi": "Hitsaaja kasvavaan konepajaan"},
    "text": {"fi": "Konepajalle tulee uusi linja, ja sille haetaan kahta hitsaajaa."},
    "organisation": "Pohjolan Konepaja Oy",
    "occupations": [{"title": "hitsaaja"}],
    "tasks": ["MIG/MAG-hitsaus", "levyjen silloitus"],
    "requirements": [
        {"text": "hitsauskokemus", "importance": "essential"},
        {"text": "piirustusten lukutaito", "importance": "optional"},
    ],
    "cards": ["079"],
    "place": {"municipalities": ["564"]},
    "hours": {"times": ["day"], "extents": ["full_time"]},
    "places": 2,
    "support": ["work_trial", "pay_subsidy"],
}
_VACANCY: Final[dict[str, Any]] = {
    "title": {"fi": "Lähihoitaja kotihoitoon", "sv": "Närvårdare till hemvården"},
    "text": {"fi": "Edellytämme lähihoitajan tutkintoa ja ajokorttia."},
    "organisation": "Pohjois-Pohjanmaan hyvinvointialue",
    "requirements": [{"text": "lähihoitajan tutkinto"}],
    "languages": [{"code": "fi", "level": "B2"}],
    "licences": ["B"],
    "place": {"municipalities": ["564", "244"]},
    "expires": "2099-12-31",
    "url": "https://tyopaikat.example.fi/lahihoitaja",
}
_TRAINING: Final[dict[str, Any]] = {
    "title": {"fi": "Hitsauksen tutkinnon osa"},
    "organisation": "Koulutuskeskus",
    "outcomes": ["TIG-hitsaus", "hitsauksen laadunvarmistus"],
    "place": {"municipalities": ["564"]},
    "duration_months": 4,
    "cost_eur": 0,
}
_SERVICE: Final[dict[str, Any]] = {
    "title": {"fi": "Työhönvalmennus"},
    "organisation": "Oulun kaupunki",
    "helps_with": ["paluu työhön pitkän tauon jälkeen", "työnhaun taidot"],
    "place": {"municipalities": ["564"]},
}

_SITUATION: Final[dict[str, Any]] = {
    "version": 0,
    "registrations": [
        {
            "period": {"start": "2026-05-04"},
            "interruptions": [{"start": "2026-07-01", "end": "2026-07-14"}],
        }
    ],
    "services": [],
    "supported_work": [],
    "benefit": "labour_market_subsidy",
    "benefit_days": {"days": 110, "counted": "2026-11-02"},
    "earnings_related_right": False,
    "earnings_related": [],
    "integration": [],
    "first_language": "fi",
    "basis": [{"basis": "competence_gap", "holds": True, "evidence": "osaamiskartoitus 3.8.2026"}],
}
_MEETING: Final[dict[str, Any]] = {
    "topic": "meeting",
    "begins": "2026-12-01T09:00:00+02:00",
    "kind": "discussion",
    "channel": "phone",
    "participants": ["kuntouttava työtoiminta"],
}
_MOVED: Final[dict[str, Any]] = {
    "topic": "reported_change",
    "kind": "moved",
    "text": "Muutan Kempeleeseen.",
    "since": "2026-12-01",
    "channel": "online",
    "due": "2026-12-03",
}

PROFILES: Final[dict[str, Example]] = {
    "welder": {"summary": "Hitsaaja Oulusta", "value": _WELDER},
    "nurse": {"summary": "Närvårdare, på svenska", "value": _NURSE},
}
NEEDS: Final[dict[str, Example]] = {"need": {"summary": "Piilotyöpaikka", "value": _NEED}}
OFFERS: Final[dict[str, Example]] = {
    "vacancy": {"summary": "Työpaikka kotihoidossa", "value": _VACANCY},
    "need": {"summary": "Piilotyöpaikka", "value": _NEED},
    "training": {"summary": "Hitsauskoulutus", "value": _TRAINING},
    "service": {"summary": "Työhönvalmennus", "value": _SERVICE},
}
MATCHES: Final[dict[str, Example]] = {
    "inline": {
        "summary": "Profiilia ei tallenneta",
        "value": {"profile": _WELDER, "kinds": ["vacancy", "need"], "k": 5, "lang": "fi"},
    },
    "stored": {
        "summary": "Tallennettu profiili, myös estyneet",
        "value": {"profile_id": "p01", "k": 10, "blocked": "show"},
    },
    "tilted": {
        "summary": "Toivottu ja läheltä ensin",
        "value": {"profile": _WELDER, "want": 0.5, "near": 1},
    },
}
FEEDBACK: Final[dict[str, Example]] = {
    "far": {
        "summary": "Liian kaukana",
        "value": {
            "kind": "vacancy",
            "offer_id": "v01",
            "action": "not_suitable",
            "reason": "too_far",
            "position": 2,
        },
    },
    "applied": {
        "summary": "Haettu",
        "value": {"kind": "vacancy", "offer_id": "v01", "action": "applied"},
    },
}
CANDIDATES: Final[dict[str, Example]] = {
    "inline": {"summary": "Tarvetta ei tallenneta", "value": {"need": _NEED, "k": 10}},
    "stored": {"summary": "Tallennettu tarve", "value": {"need_id": "n01"}},
}
CASE_ENTRIES: Final[dict[str, Example]] = {
    "meeting": {"summary": "Sovittu puhelu", "value": {"entry": _MEETING}},
    "change": {"summary": "Muutosilmoitus", "value": {"entry": _MOVED}},
}
SITUATIONS: Final[dict[str, Example]] = {
    "jobseeker": {"summary": "Puoli vuotta työnhakijana", "value": _SITUATION},
    "nothing": {"summary": "Mitään ei tiedetä", "value": {"version": 0}},
}
CASE_CHANGES: Final[dict[str, Example]] = {
    "held": {
        "summary": "Puhelu on pidetty",
        "value": {"version": 1, "entry": {**_MEETING, "state": "held", "notes": "Sovittiin…"}},
    },
}
IDEAS: Final[dict[str, Example]] = {
    "idea": {
        "summary": "Ehdotus ilman nimeä",
        "value": {"entry": {"topic": "idea", "about": "vertaisryhmät", "text": "Lisää ryhmiä."}},
    },
}
CONSENTS: Final[dict[str, Example]] = {
    "asked": {
        "summary": "Suostumusta kysytään yhteen tarpeeseen",
        "value": {"need_id": "n-survey", "deadline": "2026-12-01", "until": "2027-03-01"},
    },
}
CONSENT_MOVES: Final[dict[str, Example]] = {
    "yes": {"summary": "Asiakas suostui", "value": {"move": "yes"}},
}
STANDINGS: Final[dict[str, Example]] = {
    "followed": {
        "summary": "Seurannassa, ei turvakieltoa",
        "value": {
            "follow_up_from": "2026-11-01",
            "follow_up_to": "2027-05-01",
            "protected": False,
        },
    },
}
SHARES: Final[dict[str, Example]] = {
    "school": {
        "summary": "Osaamiskartoitus ja suunnitelma oppilaitokselle",
        "value": {
            "organisation": "Koulutuskuntayhtymä Lakeus",
            "parts": ["profile", "plan"],
            "purpose": "studies",
            "agreed": "2026-11-02",
            "until": "2027-05-31",
        },
    },
}
NEED_SHARES: Final[dict[str, Example]] = {
    "school": {
        "summary": "Tarve näkyy oppilaitokselle",
        "value": {"organisation": "Koulutuskuntayhtymä Lakeus", "until": "2027-05-31"},
    },
}
STAFF: Final[dict[str, Example]] = {
    "two": {"summary": "Kaksi nimettyä työntekijää", "value": {"names": ["Aino", "Eero"]}},
}
LINKS: Final[dict[str, Example]] = {
    "month": {"summary": "Linkki kuukaudeksi", "value": {"days": 30}},
}
ENTRIES: Final[dict[str, Example]] = {
    "in": {
        "summary": "Linkki ja koodi",
        "value": {"link": "Zk1a0Qn0cJ3b7T9m2rXwLq5uVd8eYp4sHf6gKi1oNzA", "code": "48210937"},
    },
}
OWN_CHANGES: Final[dict[str, Example]] = {
    "moved": {
        "summary": "Muutan",
        "value": {"kind": "moved", "text": "Muutan Kempeleeseen.", "since": "2026-12-01"},
    },
}
OWN_MOVES: Final[dict[str, Example]] = {
    "withdraw": {"summary": "Perun suostumukseni", "value": {"move": "withdraw"}},
}
CORRECTIONS: Final[dict[str, Example]] = {
    "moved": {
        "summary": "Väärä kotikunta",
        "value": {"changes": {"municipality": "564"}, "reason": "Asiakas kertoi 2.11."},
    },
}
ERASURES: Final[dict[str, Example]] = {
    "objection": {"summary": "Asiakas vastustaa käsittelyä", "value": {"ground": "objection"}},
}
