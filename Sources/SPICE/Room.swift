// Room of SPICE: see Documentation.
