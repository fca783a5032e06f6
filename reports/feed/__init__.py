"""The feed for records systems and crime centres: pulled with a token, told of by webhooks."""
