"""Identity as data a person edits: the file of decisions, lists of known entities, reasons for merges, differences of graphs."""
