"""What a translator made of the stories and answers of `others`: each stands where its original stands there."""

STORIES: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {
        "lost-property": (
            "I got off the bus at {street} and no longer had my wallet. My license and the bank card were in it. I have already blocked the card. If somebody turns it in, please call me.",
            "My mother lost her hearing aids in the park near {street}. They are in a small gray case. They cost a lot and she cannot do without them. Many thanks.",
            "I left my phone on the counter of a store. When I came back it was gone. I call and it rings, but nobody answers. It has the photos of my children.",
        ),
        "theft-from-vehicle": (
            "I left the car parked on {street} overnight. In the morning the rear window was broken and the bag with my tools was gone. I work with them. The laundromat across the street has a camera.",
            "Somebody opened my trunk in the parking lot and took my daughter's backpack. Two other cars were broken into as well. I need the report number for the insurance.",
        ),
        "hate-incident": (
            "I was waiting for the bus on {street} and a man I do not know started to shout at me to go back to my country. Nobody was hurt, but my daughter does not want to take the bus any more.",
            "We were speaking Spanish at the store and a customer insulted us in front of everyone. The cashier heard it all. I do not want it to happen to somebody else.",
        ),
        "": (
            "I want to report what happened near {street}. I did not see who it was. I have photos and a neighbor heard noises in the night.",
        ),
    },
    "ko": {
        "lost-property": (
            "After I got off the bus I noticed that my phone was gone. It was the stop near {street}. I called my number but nobody answered. Please contact me if you find it.",
            "I had my wallet until I paid at the store, but at home it was gone. My driver's license and cards were in it. I have already stopped the cards.",
            "I lost my mother's hearing aids in the park at {street}. They are in a small gray box. Thank you.",
        ),
        "theft-from-vehicle": (
            "I parked on {street} and in the morning the rear window was broken. My laptop bag is gone. The laundry across the street has a camera.",
            "Somebody opened my car door in the parking lot and took my tools. I work with these tools. I need a report number for the insurance.",
        ),
        "hate-incident": (
            "I was waiting for a bus on {street} when a man I do not know shouted at me to go back to my country. Nobody was hurt, but I was very afraid.",
            "A customer in a store insulted us for speaking Korean. My daughter was there and heard it all. I want it to be on record.",
        ),
        "": ("I report something that happened near {street}. I did not see who did it. I took photos.",),
    },
    "hy": {
        "lost-property": (
            "I lost my wallet near {street}. My driver's license and bank card were in it. I have already blocked the card.",
            "After I got off the bus I noticed that my phone was gone. I called it, but nobody answered. Thank you for your help.",
        ),
        "theft-from-vehicle": (
            "My car was parked on {street}. In the morning I saw that the window was broken and my bag was gone. A neighbor heard a noise in the night.",
        ),
        "hate-incident": (
            "A man in a store heard us speak Armenian and began to insult us. Nobody was hurt, but my mother was very frightened.",
            "An insulting leaflet was left at the door of our church. I have kept it.",
        ),
        "": ("I want to report what happened near {street}. I did not see who did it.",),
    },
    "zh-hans": {
        "lost-property": (
            "I lost my wallet at a supermarket near {street}, with my driver's license and bank card in it. I have reported the card as lost. Please contact me if somebody finds it, thank you.",
            "After getting off the bus I found that my phone was gone. I called my own number; somebody picked up but did not speak. It has photos of my grandchild.",
            "I may have dropped my passport on the airport bus. The consulate says that I must report it first.",
        ),
        "theft-from-vehicle": (
            "My car was parked on {street}. In the morning the rear window was smashed and the laptop bag under the seat was gone. The laundry across the street has a camera.",
            "Somebody opened my trunk and took my tools. Two cars beside mine were broken into as well.",
        ),
        "hate-incident": (
            "While I was waiting for a bus on {street}, a stranger shouted at me to get back to my own country. Nobody was hurt, but I was very afraid.",
            "We were speaking Chinese in a restaurant and customers near us insulted us. My daughter asked me why they hate us.",
        ),
        "": ("I want to report something that happened near {street}. I did not see who did it, but I took photos.",),
    },
    "zh-hant": {
        "lost-property": (
            "I lost my backpack on a bus near {street}, with my glasses and house keys in it. I asked at the lost and found; no news yet.",
            "My mother's hearing aids disappeared in the park, in a small gray box. Thank you for your help.",
        ),
        "theft-from-vehicle": (
            "The car was parked on {street} overnight. In the morning the window was broken and the camera had been taken. A neighbor heard glass at three in the night.",
        ),
        "hate-incident": (
            "Somebody put up hateful leaflets at the door of our temple. I have kept one. The elders are very worried.",
        ),
        "": ("I want to report something that happened near {street}. I was not there; a neighbor told me.",),
    },
    "fa": {
        "lost-property": (
            "I have lost my wallet near {street}. My driver's license and bank card were in it. I have blocked the card.",
            "After I got off the bus I noticed that my phone was gone. It has the photos of my grandchildren. Thank you for your help.",
        ),
        "theft-from-vehicle": (
            "I had parked my car on {street}. In the morning I saw that the window was broken and my laptop bag was gone. The shop across the street has a camera.",
        ),
        "hate-incident": (
            "I was speaking Persian with my mother in a store when a man began to insult us and told us to go back to our country. Nobody was hurt.",
        ),
        "": ("I want to report something that happened near {street}. I did not see who it was.",),
    },
    "ru": {
        "lost-property": (
            "I lost my wallet not far from {street}. My license and bank card were in it. I have already blocked the card.",
            "I got off the bus and noticed that my phone was gone. I called my number, nobody answered. Thank you for your help.",
        ),
        "theft-from-vehicle": (
            "The car was parked on {street}. In the morning I saw that the window was broken and the laptop bag was gone. A neighbor heard a noise in the night.",
        ),
        "hate-incident": (
            "A man in a store heard our accent and began to shout that we should clear off home. Nobody was hurt.",
        ),
        "": ("I want to report what happened near {street}. I did not see who did it. I have photos.",),
    },
    "vi": {
        "lost-property": (
            "I lost my wallet near {street}. My driver's license and bank card were in it. I have locked the card. Thank you.",
            "Only when I got off the bus I noticed that my phone was gone. I called but nobody answered.",
        ),
        "theft-from-vehicle": (
            "I parked on {street}. In the morning the rear window was broken and the laptop bag was gone. A neighbor has a camera.",
        ),
        "hate-incident": (
            "A stranger shouted in my mother's face at the market and told us to go back to our country. Nobody was hurt, but my mother was very afraid.",
        ),
        "": ("I want to report something that happened near {street}. I did not see who did it. I took photos.",),
    },
    "fil": {
        "lost-property": (
            "I lost my wallet near {street}. My license and bank card were in it. I have blocked the card. Thank you.",
            "When I got off the bus my cell phone was gone. I called it but nobody answered.",
        ),
        "theft-from-vehicle": (
            "My car was parked on {street}. The next morning the window was broken and my bag was gone.",
        ),
        "hate-incident": (
            "A man at the market shouted at us and told us to go home to our country. Nobody was hurt but my mother was frightened.",
        ),
        "": ("I would like to report what happened near {street}. I did not see who did it.",),
    },
    "ja": {
        "lost-property": (
            "I lost my bag near {street}. My glasses and house keys are in it. I asked at the store too, but it was not found.",
        ),
        "theft-from-vehicle": (
            "I left the car on {street}; in the morning the window was broken and the camera was gone.",
        ),
        "hate-incident": (
            "While I was waiting for the bus a stranger yelled at me to go back to my country. I was not hurt, but I was very afraid.",
        ),
        "": ("I report something that happened near {street}. I did not see who did it.",),
    },
    "ar": {
        "lost-property": (
            "I lost my wallet near {street}. My driver's license and bank card were in it. I have stopped the card. Thank you for your help.",
        ),
        "theft-from-vehicle": (
            "I parked my car on {street} and in the morning found the window broken and my bag gone. A neighbor has a camera.",
        ),
        "hate-incident": (
            "A man shouted at us in front of the mosque and said go back to your country. Nobody was hurt, but my children were very afraid.",
        ),
        "": ("I want to report something that happened near {street}. I did not see who did it.",),
    },
    "th": {
        "lost-property": (
            "I lost my purse around {street}. My driver's license and bank card were in it. The card is blocked. Thank you.",
        ),
        "theft-from-vehicle": (
            "I parked on {street}. In the morning the window was broken and the laptop bag was gone. The laundry across the street has a camera.",
        ),
        "hate-incident": (
            "A stranger shouted at us to go back to our country. Nobody was hurt, but my mother was very afraid.",
        ),
        "": ("I want to report something that happened near {street}. I did not see who did it.",),
    },
    "km": {
        "": ("I want to report something that happened near {street}. I did not see who did it.",),
    },
    "hi": {
        "lost-property": (
            "My wallet was lost near {street}. My driving license and bank card were in it. I have had the card blocked. Thank you.",
        ),
        "": ("I want to report an incident that happened near {street}. I did not see who did it.",),
    },
    "he": {
        "lost-property": (
            "I lost my wallet near {street}. My driver's license and credit card were in it. I have already cancelled the card. Thank you.",
        ),
        "hate-incident": (
            "A stranger shouted curses at us when we came out of the synagogue. Nobody was hurt, but the children were very frightened.",
        ),
        "": ("I want to report something that happened near {street}. I did not see who did it.",),
    },
    "pa": {
        "lost-property": ("My wallet was lost near {street}. My license and bank card were in it. Thank you.",),
        "": ("I want to report what happened near {street}. Who did it, I did not see.",),
    },
}
ANSWERS = {
    "ko": ("Yes, I have the receipt. I will bring it if you need it.",),
    "hy": ("Yes, I have the receipt. I can bring it.",),
    "zh-hans": ("I have the receipt and can bring it over if needed.",),
    "zh-hant": ("I have the receipt and can bring it over if needed.",),
    "fa": ("Yes, I have the receipt and can bring it.",),
    "ru": ("Yes, I kept the receipt, I can bring it.",),
    "vi": ("I still have the receipt, I can bring it.",),
    "fil": ("Yes, I have a receipt. I can bring it.",),
    "ja": ("I have the receipt. I will bring it if you need it.",),
    "ar": ("Yes, I have the invoice and can bring it.",),
}
