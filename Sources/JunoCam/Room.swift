// Room of JunoCam: see Documentation.
