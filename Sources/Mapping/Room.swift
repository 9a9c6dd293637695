// Room of Mapping: see Documentation.
