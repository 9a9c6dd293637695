// Room of Gallery: see Documentation.
