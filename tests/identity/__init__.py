"""Tests of `kg.identity`."""
