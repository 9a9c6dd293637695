// Room of Photometry: see Documentation.
