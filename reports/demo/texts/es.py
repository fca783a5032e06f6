"""Spanish: stories, questions, answers."""

DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
DAY = "el {day}"
SOME_DAY = "algún día de la semana pasada"
PARTS_OF_DAY = ("de madrugada", "por la mañana", "al mediodía", "por la tarde", "al anochecer", "por la noche")
MINE, AND, CAR = "mi {thing}", "y", "mi {make} {model} {colour}"
WHAT_WAS_MINE = "lo que era mío"
NO_CAR = "mi carro"
WHY = {
    "race_ethnicity_ancestry": (
        "de donde viene mi familia",
        "del color de mi piel",
        "de cómo me veo",
        "de que hablo español",
    ),
    "religion": ("de mi fe", "de que veníamos de rezar", "de la medalla que llevo"),
    "sexual_orientation": ("de que iba de la mano con mi pareja", "de a quién amo"),
    "disability": ("de que uso silla de ruedas", "de mi discapacidad", "de que camino con bastón"),
    "gender": ("de que soy mujer", "de mi género"),
    "gender_identity": ("de que soy una persona trans", "de cómo me visto"),
    "": ("de quién soy", "de quién creyeron que soy"),
}
LOST = (
    (
        "Perdí {things} {place} {when}.",
        "{when_capital} me di cuenta de que ya no tenía {things}.",
        "Quiero reportar que perdí {things}.",
        "Creo que dejé {things} {place}.",
        "Llevaba {things} cerca de {street} y al llegar a casa ya no estaba.",
        "Les escribo por {things}. Lo perdí {when}.",
        "Mi hija me ayuda a escribir esto. Perdí {things} {when}.",
    ),
    (
        "Estuve ahí como una hora.",
        "Tomé el autobús por {street} y luego caminé.",
        "Iba con prisa y lo dejé un momento.",
        "Recuerdo que lo tenía en la caja al pagar.",
        "Andaba con mis niños y no puse atención.",
        "Seguramente se me salió de la bolsa.",
        "Me senté en una banca cerca de {street} y después seguí.",
        "La última vez que lo vi fue cuando pagué.",
        "Llevaba las manos llenas con el mandado.",
        "Me cambié de chamarra y creo que entonces se cayó.",
        "Un conocido me llevó a casa y tal vez quedó en el asiento.",
    ),
    (
        "Regresé dos veces y busqué por todos lados.",
        "Les pregunté a los empleados, pero nadie lo encontró.",
        "Llamé a mi propio número y sonó, pero nadie contestó.",
        "Hablé a objetos perdidos y dejé mi nombre.",
        "Puse un aviso junto a la entrada.",
        "El guardia anotó mi teléfono.",
        "Ya cancelé la tarjeta en el banco.",
        "El rastreo lo muestra cerca de {street} y luego se pierde.",
        "También busqué en los botes de basura.",
        "",
    ),
    (
        "Para mí vale mucho porque fue un regalo de mi mamá.",
        "Necesito este reporte para el seguro.",
        "El consulado me pidió primero un reporte de la policía.",
        "Tiene una etiqueta con mi nombre.",
        "Tiene fotos de mis nietos que no tengo en otro lado.",
        "Mi patrón me pide el número del reporte.",
        "Si alguien lo entrega, por favor avísenme.",
        "No creo que nadie se lo haya llevado.",
        "",
    ),
    ("Gracias por su ayuda.", "Muchas gracias.", "Por favor avísenme si lo encuentran.", "Ojalá aparezca.", "", ""),
)
CAR_THEFT = (
    (
        "Estacioné {car} en {street} {when} y cuando volví alguien se había metido.",
        "Alguien se metió a {car} {place} {when}.",
        "{when_capital} encontré roto el vidrio de {car}.",
        "{car_capital} estaba {place}, cerca de {street}.",
        "Mi vecina me avisó que la puerta de {car} estaba abierta.",
        "Quiero reportar un robo en {car}.",
        "Dejé {car} {place} toda la noche y {when} vi lo que pasó.",
    ),
    (
        "Rompieron el vidrio de atrás y había vidrios en el asiento.",
        "Las puertas estaban con seguro, de eso estoy segura.",
        "No veo daños, tal vez olvidé poner el seguro.",
        "La cajuela estaba abierta y todo estaba en el suelo.",
        "Forzaron la chapa del lado del conductor.",
        "La guantera estaba vacía y mis papeles por todos lados.",
        "También se metieron a otros dos carros en {street}.",
        "Solo me fui veinte minutos.",
        "La alarma no sonó o nadie la oyó.",
    ),
    (
        "Se llevaron {things}.",
        "Me falta {things}.",
        "Lo que falta: {things}.",
        "No encuentro {things}, que estaba debajo del asiento.",
        "{things_capital} estaba en la cajuela y ya no está.",
        "Dejaron las monedas pero se llevaron {things}.",
    ),
    (
        "La lavandería de enfrente tiene una cámara que apunta ahí.",
        "Nadie de los que pregunté vio nada.",
        "Mi vecino oyó vidrios como a las 3 de la mañana.",
        "Hay una cámara en la entrada y el gerente va a guardar el video.",
        "Ahí está oscuro porque el foco de la calle no sirve.",
        "Con esa herramienta me gano la vida.",
        "Últimamente pasa mucho en {street}.",
        "",
    ),
    (
        "Tomé fotos antes de limpiar.",
        "Necesito el número del reporte para el seguro.",
        "No toqué la manija de la puerta.",
        "En el taller dicen que el vidrio cuesta como {amount} dólares.",
        "",
    ),
    ("Gracias.", "Llámenme si necesitan algo más.", "Ojalá los agarren.", "", ""),
)
HATE = (
    (
        "{when_capital} un hombre que no conozco me empezó a gritar {place}.",
        "Estaba con mi familia {place} cuando una mujer empezó a insultarnos.",
        "Pasó {place} {when}.",
        "Estaba esperando cerca de {street} cuando se me acercaron dos personas.",
        "Alguien dejó un volante con odio en nuestra puerta {when}.",
        "Me llegaron mensajes de una cuenta que no conozco {when}.",
        "Le pasó a mi amiga y yo lo vi {place}.",
        "Un cliente no quiso que yo lo atendiera.",
    ),
    (
        "Dijo que me regresara a mi país.",
        "Usó una palabra que no quiero repetir aquí.",
        "Se rieron, nos señalaron e hicieron gestos.",
        "Me grabó con su teléfono y me insultó.",
        "Dijeron que la gente como nosotros tiene la culpa de todo.",
        "Me dijo que hablara inglés o que me fuera.",
        "El volante dice que no deberíamos vivir aquí.",
        "Nos siguieron media cuadra sin dejar de gritar.",
        "Le pidió al gerente que no nos dejara entrar.",
    ),
    ("Creo que fue por causa {why}.", "Estoy segura de que fue a causa {why}.", "Fue por causa {why}."),
    (
        "Nadie salió lastimado y no rompieron nada.",
        "Nadie alrededor dijo nada.",
        "Una señora mayor se quedó con nosotros.",
        "El chofer le pidió que se bajara.",
        "Nos fuimos lo más rápido que pudimos.",
        "Mi hija tiene siete años y me preguntó por qué nos odia.",
        "No contesté y me fui.",
        "La tienda tiene cámaras.",
        "Guardé el volante en una bolsa.",
    ),
    (
        "Desde entonces tomo otro camino al trabajo.",
        "Ya no me siento segura ahí.",
        "Mi mamá ya no quiere salir sola.",
        "Es la tercera vez este año.",
        "Se lo cuento para que se tome en cuenta.",
        "",
    ),
    ("Gracias por escuchar.", "Gracias.", "", ""),
)
ANY = (
    ("Quiero reportar algo que pasó {place} {when}.", "Esto pasó cerca de {street} {when}.", "Fue {when}, {place}."),
    (
        "No vi quién fue.",
        "Me di cuenta cuando llegué a casa.",
        "Una vecina me avisó.",
        "Todo duró unos minutos.",
        "Ya había pasado antes en {street}.",
        "Me enteré después.",
    ),
    (
        "Tomé fotos y las puedo mandar.",
        "Tal vez hay una cámara cerca.",
        "Nadie salió lastimado.",
        "Dejé todo como estaba.",
        "Arreglarlo va a costar como {amount} dólares.",
        "",
    ),
    ("Quiero que quede registrado.", "Lo necesito para el seguro.", "Me preocupa que vuelva a pasar.", ""),
    ("Gracias.", "Díganme qué más necesitan.", "", ""),
)
STORIES = {"lost-property": LOST, "theft-from-vehicle": CAR_THEFT, "hate-incident": HATE, "": ANY}
WORDS_USED = (
    "regrésate a tu país",
    "ustedes",
    "una palabra contra nuestro grupo",
    "aquí no los queremos",
    "speak English",
    "una seña con la mano",
    "no atendemos a gente como tú",
    "un símbolo dibujado en el volante",
)
CAMERAS = (
    "La tienda de enfrente tiene una.",
    "El timbre de mi vecino.",
    "No creo.",
    "En la entrada del estacionamiento, nivel 1.",
)
FREE_TEXT = (
    "No recuerdo exactamente.",
    "Está en lo que escribí arriba.",
    "Lo puedo llevar a la estación.",
    "Hace como dos semanas.",
)
QUESTIONS = (
    "¿Nos puede decir el número de serie, o mandar una foto de la caja o del recibo?",
    "¿Como a qué hora lo vio por última vez y cuándo notó que ya no estaba?",
    "Menciona una cámara. ¿Sabe de quién es y cómo podemos hablar con esa persona?",
    "¿Había alguien más que vio u oyó lo que pasó?",
    "Por favor díganos la dirección exacta o el cruce más cercano.",
    "¿Ha cambiado algo desde que mandó el reporte?",
    "¿Cómo era la persona, hasta donde recuerda?",
    "¿Sigue siendo correcto su teléfono? No pudimos comunicarnos.",
)
ANSWERS = (
    "El número de serie está en el recibo, lo llevo si lo necesitan. Lo compré el año pasado.",
    "Lo vi por última vez como a mediodía y lo noté como a las cinco.",
    "La cámara es de la lavandería. El dueño está por las mañanas.",
    "Mi hermana estaba conmigo. Vio lo mismo que yo.",
    "Fue más cerca de la esquina, del lado de la parada.",
    "No, no ha aparecido nada. Ayer volví a preguntar.",
    "Alto, chamarra oscura, como de treinta años.",
    "Disculpe, estaba trabajando. Me puede llamar después de las seis.",
)
CLOSINGS = (
    "Si sabe algo más, por favor haga un reporte nuevo y mencione la referencia de este.",
    "En la recepción de su estación le pueden ayudar con esto.",
    "Sentimos no poder hacer más por aquí.",
    "Guarde sus recibos, pueden servirle con el seguro.",
)
