// Room of PlanetaryLabels: see Documentation.
