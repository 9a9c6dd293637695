// Room of SpaceMath: see Documentation.
