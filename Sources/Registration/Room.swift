// Room of Registration: see Documentation.
