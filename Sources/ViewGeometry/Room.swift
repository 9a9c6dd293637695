// Room of ViewGeometry: see Documentation.
