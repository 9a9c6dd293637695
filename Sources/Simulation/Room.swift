// Room of Simulation: see Documentation.
