// Room of Products: see Documentation.
