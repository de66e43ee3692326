"""The facts that rules may name: of what kind each is, and what to ask if it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from matcher.domain.offer import OfferKind
from matcher.domain.situation import Benefit
from matcher.domain.text import LocalText


class FactName(StrEnum):
    """What a rule may ask about, by the name that area files use."""

    AGE = "age"
    HOME_IN_AREA = "home_in_area"
    HOME = "home"
    JOB_SEARCH = "job_search"
    UNEMPLOYED = "unemployed"
    UNEMPLOYED_MONTHS = "unemployed_months"
    IN_SERVICES = "in_services"
    SUPPORTED_WORK = "supported_work"
    BENEFIT = "benefit"
    BENEFIT_DAYS = "benefit_days"
    EARNINGS_RELATED_RIGHT = "earnings_related_right"
    EARNINGS_RELATED_ENDED = "earnings_related_ended"
    INTEGRATION_PERIOD = "integration_period"
    IMMIGRANT = "immigrant"
    FOREIGN_LANGUAGE = "foreign_language"
    REDUCED_WORK_ABILITY = "reduced_work_ability"
    COMPETENCE_GAP = "competence_gap"
    TRAINING_NEED = "training_need"
    VOCATIONAL_STUDIES = "vocational_studies"
    FULL_TIME_STUDIES = "full_time_studies"
    BUSINESS_PREREQUISITES = "business_prerequisites"
    BUSINESS_STARTED = "business_started"
    ACTIVATION_PLAN = "activation_plan"
    UNABLE_FOR_OTHER_MEASURES = "unable_for_other_measures"
    SERVICE_NEED = "service_need"
    UNEMPLOYMENT_THREAT = "unemployment_threat"
    OFFER_KIND = "offer_kind"
    EMPLOYER_READY = "employer_ready"
    HOURS_PER_WEEK = "hours_per_week"
    COST_EUR = "cost_eur"


@dataclass(frozen=True, slots=True)
class Span:
    """A number that is known to lie between two bounds, both included.

    Counted days grow after the day of counting: then only bounds are known.
    """

    low: float
    high: float

    @classmethod
    def exactly(cls, number: float) -> Span:
        """Return a number that is known."""
        return cls(number, number)


#: A flag, a number, or a code; a fact that is absent is unknown.
FactValue: TypeAlias = bool | Span | str


class FactKind(StrEnum):
    """What values a fact has, and thereby how a rule may compare it."""

    FLAG = "flag"
    NUMBER = "number"
    CODE = "code"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact: its kind, its name in words, the question for it, and its codes if it has any."""

    kind: FactKind
    name: LocalText
    question: LocalText
    codes: frozenset[str] = frozenset()


def _flag(name: LocalText, question: LocalText) -> FactSpec:
    return FactSpec(FactKind.FLAG, name, question)


def _number(name: LocalText, question: LocalText) -> FactSpec:
    return FactSpec(FactKind.NUMBER, name, question)


FACTS: Final[dict[FactName, FactSpec]] = {
    FactName.AGE: _number(
        LocalText("ikä", "ålder", "age"),
        LocalText(
            "Mikä on asiakkaan syntymäaika?",
            "När är klienten född?",
            "What is the client's date of birth?",
        ),
    ),
    FactName.HOME_IN_AREA: _flag(
        LocalText("kotikunta alueella", "hemkommun inom området", "home municipality in the area"),
        LocalText(
            "Mikä on asiakkaan kotikunta?",
            "Vilken är klientens hemkommun?",
            "What is the client's home municipality?",
        ),
    ),
    FactName.HOME: FactSpec(
        FactKind.MUNICIPALITY,
        LocalText("kotikunta", "hemkommun", "home municipality"),
        LocalText(
            "Mikä on asiakkaan kotikunta?",
            "Vilken är klientens hemkommun?",
            "What is the client's home municipality?",
        ),
    ),
    FactName.JOB_SEARCH: _flag(
        LocalText("työnhaku voimassa", "jobbsökningen i kraft", "job search in force"),
        LocalText(
            "Onko asiakkaan työnhaku voimassa?",
            "Är klientens jobbsökning i kraft?",
            "Is the client's job search in force?",
        ),
    ),
    FactName.UNEMPLOYED: _flag(
        LocalText("työtön työnhakija", "arbetslös arbetssökande", "unemployed jobseeker"),
        LocalText(
            "Onko työnhaku voimassa ja asiakas työtön?",
            "Är jobbsökningen i kraft och klienten arbetslös?",
            "Is the job search in force and the client unemployed?",
        ),
    ),
    FactName.UNEMPLOYED_MONTHS: _number(
        LocalText(
            "työttömyyden kesto kuukausina",
            "arbetslöshetens längd i månader",
            "months of unemployment",
        ),
        LocalText(
            "Milloin työnhaku alkoi, ja mitä keskeytyksiä siinä on ollut?",
            "När började jobbsökningen och vilka avbrott har den haft?",
            "When did the job search begin, and what interruptions has it had?",
        ),
    ),
    FactName.IN_SERVICES: _flag(
        LocalText("työllistymispalvelussa", "i sysselsättningsservice", "in an employment service"),
        LocalText(
            "Onko asiakas työllistymistä edistävässä palvelussa?",
            "Deltar klienten i en service som främjar sysselsättningen?",
            "Is the client in an employment service?",
        ),
    ),
    FactName.SUPPORTED_WORK: _flag(
        LocalText("tuetussa työssä", "i arbete med stöd", "at work with support"),
        LocalText(
            "Onko asiakas töissä palkkatuella tai muulla tuella?",
            "Arbetar klienten med lönesubvention eller annat stöd?",
            "Does the client work with a pay subsidy or other support?",
        ),
    ),
    FactName.BENEFIT: FactSpec(
        FactKind.CODE,
        LocalText("etuus", "förmån", "benefit"),
        LocalText(
            "Mitä etuutta asiakas saa nyt?",
            "Vilken förmån får klienten nu?",
            "Which benefit does the client receive now?",
        ),
        frozenset(Benefit),
    ),
    FactName.BENEFIT_DAYS: _number(
        LocalText(
            "maksetut työttömyysetuuspäivät",
            "utbetalda dagar med arbetslöshetsförmån",
            "days of unemployment benefit paid",
        ),
        LocalText(
            "Kuinka monelta päivältä työttömyysetuutta on maksettu?",
            "För hur många dagar har arbetslöshetsförmån betalats?",
            "For how many days has unemployment benefit been paid?",
        ),
    ),
    FactName.EARNINGS_RELATED_RIGHT: _flag(
        LocalText(
            "oikeus ansiopäivärahaan",
            "rätt till inkomstrelaterad dagpenning",
            "right to earnings-related allowance",
        ),
        LocalText(
            "Onko asiakkaalla oikeus ansiopäivärahaan?",
            "Har klienten rätt till inkomstrelaterad dagpenning?",
            "Is the client entitled to earnings-related allowance?",
        ),
    ),
    FactName.EARNINGS_RELATED_ENDED: _flag(
        LocalText(
            "ansiopäiväraha päättynyt",
            "den inkomstrelaterade dagpenningen har upphört",
            "earnings-related allowance has ended",
        ),
        LocalText(
            "Milloin ansiopäiväraha päättyy tai päättyi?",
            "När upphör eller upphörde den inkomstrelaterade dagpenningen?",
            "When does or did the earnings-related allowance end?",
        ),
    ),
    FactName.INTEGRATION_PERIOD: _flag(
        LocalText("kotoutumisaika kesken", "integrationstiden pågår", "integration period running"),
        LocalText(
            "Onko asiakkaalla kotoutumisaikaa jäljellä?",
            "Har klienten integrationstid kvar?",
            "Is the client's integration period still running?",
        ),
    ),
    FactName.IMMIGRANT: _flag(
        LocalText("maahanmuuttaja", "invandrare", "immigrant"),
        LocalText(
            "Onko asiakas muuttanut Suomeen muualta?",
            "Har klienten flyttat till Finland från ett annat land?",
            "Has the client moved to Finland from elsewhere?",
        ),
    ),
    FactName.FOREIGN_LANGUAGE: _flag(
        LocalText("vieraskielinen", "har ett främmande språk", "foreign-language"),
        LocalText(
            "Mikä äidinkieli on merkitty väestötietoihin?",
            "Vilket modersmål finns i befolkningsdatasystemet?",
            "Which first language is in the population register?",
        ),
    ),
    FactName.REDUCED_WORK_ABILITY: _flag(
        LocalText("alentunut työkyky", "nedsatt arbetsförmåga", "reduced work ability"),
        LocalText(
            "Onko työkyvyn alentumisesta lausunto?",
            "Finns det ett utlåtande om nedsatt arbetsförmåga?",
            "Is there a statement on reduced work ability?",
        ),
    ),
    FactName.COMPETENCE_GAP: _flag(
        LocalText("osaamispuute", "brist i kunnandet", "lack of competence"),
        LocalText(
            "Onko todettu osaamispuute, jota työ tai opinnot korjaisivat?",
            "Har det konstaterats en brist i kunnandet som arbete eller studier avhjälper?",
            "Has a lack of competence been found that work or studies would mend?",
        ),
    ),
    FactName.TRAINING_NEED: _flag(
        LocalText("koulutustarve", "utbildningsbehov", "need of training"),
        LocalText(
            "Onko koulutustarve arvioitu ja todettu?",
            "Har utbildningsbehovet bedömts och konstaterats?",
            "Has a need of training been assessed and found?",
        ),
    ),
    FactName.VOCATIONAL_STUDIES: _flag(
        LocalText("ammatilliset opinnot", "yrkesstudier", "vocational studies"),
        LocalText(
            "Onko asiakas ammatillisen koulutuksen opiskelija, jolla on HOKS?",
            "Studerar klienten inom yrkesutbildning med en personlig utvecklingsplan (PUK)?",
            "Is the client in vocational education with a personal development plan?",
        ),
    ),
    FactName.FULL_TIME_STUDIES: _flag(
        LocalText("päätoimiset opinnot", "heltidsstudier", "full-time studies"),
        LocalText(
            "Ovatko opinnot päätoimiset?",
            "Är studierna på heltid?",
            "Are the studies full-time?",
        ),
    ),
    FactName.BUSINESS_PREREQUISITES: _flag(
        LocalText(
            "yrittäjyyden edellytykset", "företagarförutsättningar", "readiness for business"
        ),
        LocalText(
            "Onko yrittäjävalmiudet ja toiminnan kannattavuus arvioitu riittäviksi?",
            "Har företagarfärdigheterna och lönsamheten bedömts räcka till?",
            "Have the skills for and the prospects of the business been found sufficient?",
        ),
    ),
    FactName.BUSINESS_STARTED: _flag(
        LocalText("yritystoiminta alkanut", "företagsverksamheten inledd", "business started"),
        LocalText(
            "Onko yritystoiminta jo alkanut?",
            "Har företagsverksamheten redan inletts?",
            "Has the business started already?",
        ),
    ),
    FactName.ACTIVATION_PLAN: _flag(
        LocalText("aktivointisuunnitelma", "aktiveringsplan", "activation plan"),
        LocalText(
            "Onko aktivointisuunnitelma tehty?",
            "Har en aktiveringsplan gjorts upp?",
            "Has an activation plan been made?",
        ),
    ),
    FactName.UNABLE_FOR_OTHER_MEASURES: _flag(
        LocalText(
            "työ- ja toimintakyky ei riitä muihin palveluihin",
            "arbets- och funktionsförmågan räcker inte till annan service",
            "not yet able to take part in other services",
        ),
        LocalText(
            "Estävätkö työ- ja toimintakyvyn rajoitteet osallistumisen muihin palveluihin?",
            "Hindrar arbets- och funktionsförmågan deltagande i annan service?",
            "Do limits to work and functional ability keep the client from other services?",
        ),
    ),
    FactName.SERVICE_NEED: _flag(
        LocalText("arvioitu palvelutarve", "bedömt servicebehov", "assessed service need"),
        LocalText(
            "Onko palvelutarve arvioitu?",
            "Har servicebehovet bedömts?",
            "Has the service need been assessed?",
        ),
    ),
    FactName.UNEMPLOYMENT_THREAT: _flag(
        LocalText("työttömyysuhka", "hot om arbetslöshet", "threat of unemployment"),
        LocalText(
            "Uhkaako asiakasta työttömyys?",
            "Hotas klienten av arbetslöshet?",
            "Is the client about to become unemployed?",
        ),
    ),
    FactName.OFFER_KIND: FactSpec(
        FactKind.CODE,
        LocalText("tarjouksen laji", "erbjudandets art", "kind of offer"),
        LocalText(
            "Mikä tarjous on kyseessä?",
            "Vilket erbjudande gäller det?",
            "Which offer is it about?",
        ),
        frozenset(OfferKind),
    ),
    FactName.EMPLOYER_READY: _flag(
        LocalText("työnantaja valmis", "arbetsgivaren är villig", "employer is ready"),
        LocalText(
            "Onko työnantaja valmis tähän tukimuotoon?",
            "Är arbetsgivaren villig till denna stödform?",
            "Is the employer ready for this form of support?",
        ),
    ),
    FactName.HOURS_PER_WEEK: _number(
        LocalText("työtunnit viikossa", "arbetstimmar per vecka", "hours of work a week"),
        LocalText(
            "Kuinka monta tuntia viikossa työtä on?",
            "Hur många timmar i veckan omfattar arbetet?",
            "How many hours a week is the work?",
        ),
    ),
    FactName.COST_EUR: _number(
        LocalText("hinta osallistujalle", "avgift för deltagaren", "cost to the participant"),
        LocalText(
            "Mitä koulutus maksaa osallistujalle?",
            "Vad kostar utbildningen för deltagaren?",
            "What does the training cost the participant?",
        ),
    ),
}
#: Facts of an offer; a rule about persons alone may not name them.
OFFER_FACTS: Final = frozenset(
    {FactName.OFFER_KIND, FactName.EMPLOYER_READY, FactName.HOURS_PER_WEEK, FactName.COST_EUR}
)
