// Room of Cartography: see Documentation.
