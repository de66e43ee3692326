"""What each operation does with the data of people, and what for: what the audit log says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matcher.domain.audit import Deed, Purpose

_READ: Final = (Deed.READ, Purpose.GUIDANCE)
_CHANGE: Final = (Deed.CHANGE, Purpose.GUIDANCE)
_CONSENT: Final = (Deed.CONSENT, Purpose.PLACEMENT)
_FIND: Final = (Deed.FIND, Purpose.PLACEMENT)
_LIST: Final = (Deed.LIST, Purpose.GUIDANCE)
_OFFER: Final = (Deed.CHANGE, Purpose.OFFERS)

#: What is written down of each operation, by its name.
DEEDS: Final[Mapping[str, tuple[Deed, Purpose]]] = {
    "create_profile": _CHANGE,
    "list_profiles": (Deed.FIND, Purpose.GUIDANCE),
    "read_profile": _READ,
    "replace_profile": _CHANGE,
    "delete_profile": (Deed.ERASE, Purpose.RIGHTS),
    "read_copy": (Deed.EXPORT, Purpose.RIGHTS),
    "print_copy": (Deed.EXPORT, Purpose.RIGHTS),
    "correct_profile": (Deed.CHANGE, Purpose.RIGHTS),
    "erase_profile": (Deed.ERASE, Purpose.RIGHTS),
    "read_nightly_list": _LIST,
    "read_list": _LIST,
    "explain_list": _LIST,
    "replay_list": _LIST,
    "read_upskill": _LIST,
    "find_matches": _LIST,
    "explain_offer": _READ,
    "add_feedback": _CHANGE,
    "list_feedback": _READ,
    "list_wishes": _READ,
    "withdraw_wish": _CHANGE,
    "ask_consent": _CONSENT,
    "list_consents": _READ,
    "move_consent": _CONSENT,
    "read_standing": _READ,
    "replace_standing": _CHANGE,
    "create_case_entry": _CHANGE,
    "read_case_file": _READ,
    "change_case_entry": _CHANGE,
    "print_plan": (Deed.EXPORT, Purpose.GUIDANCE),
    "read_package": _LIST,
    "list_due": (Deed.FIND, Purpose.GUIDANCE),
    "list_coaches": (Deed.FIND, Purpose.ADMINISTRATION),
    "create_idea": _CHANGE,
    "list_ideas": (Deed.READ, Purpose.ADMINISTRATION),
    "read_situation": _READ,
    "replace_situation": _CHANGE,
    "read_pathway": _READ,
    "list_staff": (Deed.READ, Purpose.ADMINISTRATION),
    "name_staff": (Deed.CHANGE, Purpose.ADMINISTRATION),
    "create_share": _CONSENT,
    "list_shares": _READ,
    "revoke_share": _CONSENT,
    "list_shared": (Deed.FIND, Purpose.SHARED_SERVICE),
    "create_link": (Deed.CHANGE, Purpose.RIGHTS),
    "list_links": (Deed.READ, Purpose.RIGHTS),
    "end_links": (Deed.CHANGE, Purpose.RIGHTS),
    "list_conflicts": (Deed.FIND, Purpose.SUPERVISION),
    "read_own_profile": (Deed.READ, Purpose.OWN_DATA),
    "read_own_copy": (Deed.EXPORT, Purpose.OWN_DATA),
    "print_own_copy": (Deed.EXPORT, Purpose.OWN_DATA),
    "read_own_list": (Deed.LIST, Purpose.OWN_DATA),
    "report_own_change": (Deed.CHANGE, Purpose.OWN_DATA),
    "explain_own_list": (Deed.LIST, Purpose.OWN_DATA),
    "list_own_seen": (Deed.READ, Purpose.OWN_DATA),
    "list_own_consents": (Deed.READ, Purpose.OWN_DATA),
    "move_own_consent": (Deed.CONSENT, Purpose.OWN_DATA),
    "list_own_shares": (Deed.READ, Purpose.OWN_DATA),
    "revoke_own_share": (Deed.CONSENT, Purpose.OWN_DATA),
    "show_clients": (Deed.FIND, Purpose.GUIDANCE),
    "show_client": _READ,
    "add_client": _CHANGE,
    "show_mapping": _READ,
    "save_mapping": _CHANGE,
    "suggest_competences": _READ,
    "download_profile": (Deed.EXPORT, Purpose.GUIDANCE),
    "show_matches": _LIST,
    "give_feedback": _CHANGE,
    "take_back_wish": _CHANGE,
    "find_offers": _READ,
    "show_offer": _READ,
    "show_comparison": _READ,
    "show_handout": (Deed.EXPORT, Purpose.GUIDANCE),
    "show_visibility": _READ,
    "save_visibility": _CHANGE,
    "show_link": (Deed.READ, Purpose.RIGHTS),
    "make_link": (Deed.CHANGE, Purpose.RIGHTS),
    "end_link": (Deed.CHANGE, Purpose.RIGHTS),
    "show_list_record": _LIST,
    "show_upskill": _LIST,
    "show_pathway": _READ,
    "answer_fact": _CHANGE,
    "show_package": _LIST,
    "show_plan": (Deed.EXPORT, Purpose.GUIDANCE),
    "send_new_need": _OFFER,
    "send_need": _OFFER,
    "show_need": _FIND,
    "show_own_list": (Deed.LIST, Purpose.OWN_DATA),
    "show_own_explanation": (Deed.LIST, Purpose.OWN_DATA),
    "show_own_consents": (Deed.READ, Purpose.OWN_DATA),
    "answer_own_consent": (Deed.CONSENT, Purpose.OWN_DATA),
    "end_own_share": (Deed.CONSENT, Purpose.OWN_DATA),
    "show_own_seen": (Deed.READ, Purpose.OWN_DATA),
    "send_own_change": (Deed.CHANGE, Purpose.OWN_DATA),
    "show_consents": _FIND,
    "show_consent_form": _READ,
    "send_consent": _CONSENT,
    "send_move": _CONSENT,
    "send_answer": (Deed.CHANGE, Purpose.PLACEMENT),
    "end_need": _OFFER,
    "find_candidates": _FIND,
    "list_cards": _FIND,
    "read_transfer": (Deed.FIND, Purpose.ADMINISTRATION),
    "create_need": _OFFER,
    "replace_need": _OFFER,
    "delete_need": _OFFER,
    "create_need_share": _OFFER,
    "revoke_need_share": _OFFER,
    "replace_offer": _OFFER,
    "delete_offer": _OFFER,
}

#: Operations that touch nothing about people: offers, rules, and figures with small groups hidden.
IMPERSONAL: Final = frozenset(
    {
        *("list_areas", "read_area", "list_need_instruments", "list_needs", "read_need"),
        *("list_offers", "read_offer", "read_indicators", "list_snapshots", "read_insight"),
        *("list_erasures", "list_need_shares", "read_session", "end_session"),
        *("show_home", "sign_out", "show_needs", "show_new_need", "check_need", "show_fit"),
        *("edit_need", "show_own_changes", "show_own_data"),
        "show_new_client",
        *("show_month", "show_nights", "show_night"),
    }
)

#: Deeds that change something: begun in the log before anything is done.
CHANGING: Final = frozenset({Deed.CHANGE, Deed.CONSENT, Deed.ERASE, Deed.OVERRIDE})
