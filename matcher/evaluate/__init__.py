"""Runs against qrels: how good the encoder and the matching are on real tasks."""
