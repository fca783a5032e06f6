"""What a supervisor sees at a glance: the backlog, how long things take, who has how much on the desk."""
