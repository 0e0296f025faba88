"""The room that knows RDF: Turtle ontologies in, quads and SPARQL out. Nothing else in kg imports rdflib or pyoxigraph."""
