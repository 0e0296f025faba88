"""Training of the pipeline: one command from the data folder to finished weights (needs the ``train`` extra)."""
