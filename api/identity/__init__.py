"""Who somebody is, as an identity provider says: tokens, their keys, and logins."""
