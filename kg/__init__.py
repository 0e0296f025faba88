"""kg: news articles in, one evidence-backed knowledge graph out."""
