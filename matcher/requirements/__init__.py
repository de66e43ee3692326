"""What an advertisement asks for beyond competence, and what a person says of it, read from text.

Plain words in, coded statements with their sentences out: no store, no vectors, no decision.
The cues are tables in Finnish, Swedish and English beside the modules.
"""
