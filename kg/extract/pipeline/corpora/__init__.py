"""Readers of the corpora the pipeline is trained and scored on: files in, passages of raw text out."""
