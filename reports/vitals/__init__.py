"""How the portal itself is: for load balancers, for monitoring, for whoever is called at night."""
