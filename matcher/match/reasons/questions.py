"""What to ask next: one plain sentence for every fact that nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from matcher.domain import codes
from matcher.domain.feedback import Limit
from matcher.domain.match import GateKind, GateResult, Match
from matcher.domain.parts import Cefr, WorkExtent, WorkingTime
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.match.gates.asked import OR
from matcher.match.gates.journeys import REMOTE
from matcher.match.wishes.words import wish_words
from matcher.requirements.qualifications import checks, qualification_name

_ASK: Final[dict[GateKind, LocalText]] = {
    GateKind.LICENCE: LocalText(
        "Onko asiakkaalla {what}-ajokortti?",
        "Har klienten körkort i klass {what}?",
        "Does the client hold a driving licence of class {what}?",
    ),
    GateKind.OWN_CAR: LocalText(
        "Onko asiakkaalla auto käytettävissä työhön?",
        "Har klienten tillgång till bil för arbetet?",
        "Does the client have a car to use for the job?",
    ),
    GateKind.CARD: LocalText(
        "Onko asiakkaalla tämä kortti tai lupa: {what}?",
        "Har klienten detta kort eller tillstånd: {what}?",
        "Does the client hold this card or permit: {what}?",
    ),
    GateKind.QUALIFICATION: LocalText(
        "Onko asiakkaalla tämä pätevyys tai koulutus: {what}?",
        "Har klienten denna behörighet eller utbildning: {what}?",
        "Does the client have this qualification or training: {what}?",
    ),
    GateKind.LANGUAGE: LocalText(
        "Millainen on asiakkaan kielitaito? Tarvitaan: {what}.",
        "Hurdana är klientens språkkunskaper? Det behövs: {what}.",
        "How well does the client know the language? Needed: {what}.",
    ),
    GateKind.COMMUTE: LocalText(
        "Pääseekö asiakas töihin tänne: {what}? Kuinka pitkälle hän voi kulkea?",
        "Kan klienten ta sig till jobbet i {what}? Hur långt kan hen pendla?",
        "Can the client get to work in {what}? How far can they travel?",
    ),
    GateKind.WORKING_TIME: LocalText(
        "Sopiiko asiakkaalle tämä työaika: {what}?",
        "Passar denna arbetstid klienten: {what}?",
        "Does this working time suit the client: {what}?",
    ),
    GateKind.RESTRICTION: LocalText(
        "Sopiiko työ, kun tämä otetaan huomioon: {what}?",
        "Passar arbetet när detta beaktas: {what}?",
        "Does the job suit, given this: {what}?",
    ),
    GateKind.START: LocalText(
        "Työ on sovittu ajalle {what}. Milloin asiakas voi tehdä sitä?",
        "Arbetet är avsett för tiden {what}. När kan klienten göra det?",
        "The job is meant for {what}. When can the client do it?",
    ),
    GateKind.BACKGROUND_CHECK: LocalText(
        "Työnantaja tarkistaa: {what}. Sopiiko se asiakkaalle?",
        "Arbetsgivaren kontrollerar: {what}. Passar det klienten?",
        "The employer checks: {what}. Is that all right with the client?",
    ),
    GateKind.AGE: LocalText(
        "Ikäraja: {what}. Täyttyykö se, tai onko poikkeus mahdollinen?",
        "Åldersgräns: {what}. Uppfylls den, eller är undantag möjligt?",
        "Age limit: {what}. Is it met, or is an exception possible?",
    ),
    GateKind.WISH: LocalText(
        "Onko työ tämän mukainen: {what}?",
        "Motsvarar arbetet detta: {what}?",
        "Does the job keep to this: {what}?",
    ),
}
#: What to ask where a commute gate names no place.
_PLACELESS: Final[dict[str, LocalText]] = {
    "": LocalText(
        "Missä työ tehdään? Kysy työnantajalta.",
        "Var utförs arbetet? Fråga arbetsgivaren.",
        "Where is the work done? Ask the employer.",
    ),
    REMOTE: LocalText(
        "Voiko asiakas työskennellä tai opiskella etänä?",
        "Kan klienten arbeta eller studera på distans?",
        "Can the client work or study from home?",
    ),
}
_OR_WORDS: Final = LocalText("tai", "eller", "or")
_CAR: Final = LocalText("oma auto", "egen bil", "own car")
_NATIVE: Final = LocalText("äidinkielenä", "som modersmål", "as mother tongue")
_YEARS: Final = LocalText("{ages} vuotta", "{ages} år", "{ages} years")
_UNDER: Final = LocalText("alle {age} vuotta", "under {age} år", "under {age} years")
_WEEKLY: Final = LocalText(
    "{hours} tuntia viikossa", "{hours} timmar i veckan", "{hours} hours a week"
)
_REMOTE_WORDS: Final = LocalText("etänä", "på distans", "from home")
_TIME_WORDS: Final[dict[str, LocalText]] = {
    WorkingTime.DAY: LocalText("päivätyö", "dagarbete", "day work"),
    WorkingTime.EVENING: LocalText("iltatyö", "kvällsarbete", "evening work"),
    WorkingTime.NIGHT: LocalText("yötyö", "nattarbete", "night work"),
    WorkingTime.PERIOD: LocalText("jaksotyö", "periodarbete", "period-based work"),
    WorkingTime.FLEXIBLE: LocalText("joustava työaika", "flexibel arbetstid", "flexible hours"),
    WorkingTime.WEEKDAY: LocalText("arkityö", "vardagsarbete", "weekday work"),
    WorkingTime.WEEKEND: LocalText("viikonlopputyö", "veckoslutsarbete", "weekend work"),
    WorkingTime.SHIFT: LocalText("vuorotyö", "skiftarbete", "shift work"),
    WorkExtent.FULL_TIME: LocalText("kokoaikatyö", "heltidsarbete", "full-time work"),
    WorkExtent.PART_TIME: LocalText("osa-aikatyö", "deltidsarbete", "part-time work"),
}
_PROFILE: Final[dict[str, LocalText]] = {
    "competences": LocalText(
        "Mitä asiakas osaa? Kartoita ainakin viisi osaamista, myös harrastuksista ja arjesta.",
        "Vad kan klienten? Kartlägg minst fem kompetenser, också från fritid och vardag.",
        "What can the client do? Map at least five competences, hobbies and daily life included.",
    ),
    "occupations_wanted": LocalText(
        "Millaista työtä asiakas haluaisi tehdä?",
        "Vilket slags arbete vill klienten ha?",
        "What kind of work would the client like to do?",
    ),
    "municipality": LocalText(
        "Missä kunnassa asiakas asuu?",
        "I vilken kommun bor klienten?",
        "In which municipality does the client live?",
    ),
    "languages": LocalText(
        "Mitä kieliä asiakas osaa ja kuinka hyvin?",
        "Vilka språk kan klienten och hur väl?",
        "Which languages does the client know, and how well?",
    ),
}


def gate_words(gate: GateResult, lang: Lang) -> str:
    """Return what a gate asks for in words, as in ``trukkikortti`` or ``suomi B2``."""
    if gate.gate in _OF_CODE:
        named = _OF_CODE[gate.gate]
        either = _OR_WORDS.best(lang)
        return f" {either} ".join(named(code, lang) for code in gate.required.split(OR))
    if gate.gate is GateKind.WISH:
        limit, _, value = gate.required.partition(":")
        return wish_words(Limit(limit), value, date.fromisoformat(str(gate.evidence)), lang)
    parts = gate.required.split(",")
    if gate.gate is GateKind.COMMUTE:
        return ", ".join(_place(part, lang) for part in parts)
    if gate.gate is GateKind.WORKING_TIME:
        return ", ".join(_time(part, lang) for part in parts)
    return gate.required


def questions(match: Match, lang: Lang) -> list[str]:
    """Return one question for each gate of a match whose outcome is unknown."""
    return [question(gate, lang) for gate in match.open_questions]


def profile_questions(profile: Profile, lang: Lang) -> list[str]:
    """Return what to ask to make a thin profile usable, most useful first."""
    return [text.best(lang) for name, text in _PROFILE.items() if not getattr(profile, name)]


def question(gate: GateResult, lang: Lang) -> str:
    """Return what to ask about a gate whose outcome is unknown."""
    if gate.gate is GateKind.COMMUTE and gate.required in _PLACELESS:
        return _PLACELESS[gate.required].best(lang)
    return _ASK[gate.gate].best(lang).format(what=gate_words(gate, lang))


def _language(code: str, lang: Lang) -> str:
    code, _, level = code.partition(":")
    if level == Cefr.NATIVE:
        level = _NATIVE.best(lang)
    return f"{codes.code_name(codes.languages(), code, lang)} {level}".strip()


def _age(code: str, lang: Lang) -> str:
    least, _, most = code.partition("-")
    if least == "0" and most:
        return _UNDER.best(lang).format(age=int(most) + 1)
    ages = code.replace("-", "–")
    return _YEARS.best(lang).format(ages=ages if "-" in code else f"{ages}+")


def _time(code: str, lang: Lang) -> str:
    if code in _TIME_WORDS:
        return _TIME_WORDS[code].best(lang)
    return _WEEKLY.best(lang).format(hours=code.removesuffix("h"))


#: What turns one code of a gate's kind into words; several are joined by *or*.
_OF_CODE: Final[dict[GateKind, Callable[[str, Lang], str]]] = {
    GateKind.LICENCE: lambda code, lang: code,
    GateKind.CARD: lambda code, lang: codes.code_name(codes.permit_cards(), code, lang),
    GateKind.LANGUAGE: _language,
    GateKind.OWN_CAR: lambda code, lang: _CAR.best(lang),
    GateKind.QUALIFICATION: qualification_name,
    GateKind.BACKGROUND_CHECK: lambda code, lang: codes.code_name(checks(), code, lang),
    GateKind.AGE: _age,
}


def _place(code: str, lang: Lang) -> str:
    if code == REMOTE:
        return _REMOTE_WORDS.best(lang)
    if code in codes.municipalities():
        return codes.municipalities()[code].name.best(lang)
    if code in codes.regions():
        return codes.code_name(codes.regions(), code, lang)
    return codes.code_name(codes.countries(), code, lang)
