// Room of Pipeline: see Documentation.
