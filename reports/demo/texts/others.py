"""The other languages of the city: whole stories and answers. {street} is as the street sign has it.

One English report in so many tells its story in one of these: people choose the portal's language and write in their own.
What a translator makes of them stands in `in_english`, in the same places.
"""

STORIES: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {
        "lost-property": (
            "Me bajé del autobús en {street} y ya no traía la cartera. Adentro estaban mi licencia y la tarjeta del banco. La tarjeta ya la bloqueé. Si alguien la entrega, por favor llámenme.",
            "Mi mamá perdió sus aparatos para oír en el parque cerca de {street}. Están en un estuche gris chiquito. Cuestan mucho y no puede estar sin ellos. Muchas gracias.",
            "Dejé mi teléfono en el mostrador de una tienda. Cuando regresé ya no estaba. Marco y suena, pero nadie contesta. Tiene las fotos de mis hijos.",
        ),
        "theft-from-vehicle": (
            "Dejé el carro estacionado en {street} toda la noche. En la mañana la ventana de atrás estaba rota y ya no estaba la bolsa con mis herramientas. Trabajo con ellas. La lavandería de enfrente tiene cámara.",
            "Alguien abrió mi cajuela en el estacionamiento y se llevó la mochila de mi hija. A otros dos carros también los abrieron. Necesito el número del reporte para el seguro.",
        ),
        "hate-incident": (
            "Estaba esperando el autobús en {street} y un hombre que no conozco me empezó a gritar que me regresara a mi país. Nadie salió lastimado, pero mi hija ya no quiere tomar el autobús.",
            "Estábamos hablando español en la tienda y un cliente nos insultó delante de todos. La cajera lo oyó todo. No quiero que le pase a otra persona.",
        ),
        "": (
            "Quiero reportar lo que pasó cerca de {street}. No vi quién fue. Tengo fotos y una vecina oyó ruidos en la noche.",
        ),
    },
    "ko": {
        "lost-property": (
            "버스에서 내린 뒤에 휴대전화가 없어진 것을 알았습니다. {street} 근처 정류장이었습니다. 제 번호로 전화했지만 아무도 받지 않았습니다. 찾으시면 연락 부탁드립니다.",
            "마트에서 계산할 때까지는 지갑이 있었는데 집에 와 보니 없었습니다. 안에 운전면허증과 카드가 있었습니다. 카드는 이미 정지했습니다.",
            "어머니의 보청기를 {street} 공원에서 잃어버렸습니다. 작은 회색 상자에 들어 있습니다. 감사합니다.",
        ),
        "theft-from-vehicle": (
            "{street}에 차를 세워 두었는데 아침에 보니 뒷유리가 깨져 있었습니다. 노트북 가방이 없어졌습니다. 건너편 세탁소에 카메라가 있습니다.",
            "주차장에서 누가 차 문을 열고 공구를 가져갔습니다. 이 공구로 일을 합니다. 보험 때문에 신고 번호가 필요합니다.",
        ),
        "hate-incident": (
            "{street}에서 버스를 기다리는데 모르는 남자가 네 나라로 돌아가라고 소리를 질렀습니다. 아무도 다치지 않았지만 너무 무서웠습니다.",
            "가게에서 한국말을 한다고 손님이 욕을 했습니다. 딸이 옆에서 다 들었습니다. 기록으로 남기고 싶습니다.",
        ),
        "": ("{street} 근처에서 있었던 일을 신고합니다. 누가 했는지는 보지 못했습니다. 사진을 찍어 두었습니다.",),
    },
    "hy": {
        "lost-property": (
            "Ես կորցրել եմ դրամապանակս {street} փողոցի մոտ։ Ներսում վարորդական իրավունքս էր և բանկային քարտը։ Քարտն արդեն փակել եմ։",
            "Ավտոբուսից իջնելուց հետո նկատեցի, որ հեռախոսս չկա։ Զանգեցի, բայց ոչ ոք չպատասխանեց։ Շնորհակալություն օգնության համար։",
        ),
        "theft-from-vehicle": (
            "Մեքենաս կանգնած էր {street} փողոցում։ Առավոտյան տեսա, որ ապակին կոտրված է, իսկ պայուսակս չկա։ Հարևանը գիշերը ձայն է լսել։",
        ),
        "hate-incident": (
            "Խանութում մի մարդ լսեց, որ մենք հայերեն ենք խոսում, և սկսեց վիրավորել մեզ։ Ոչ ոք չտուժեց, բայց մայրս շատ վախեցավ։",
            "Մեր եկեղեցու դռանը վիրավորական թռուցիկ էին թողել։ Ես պահել եմ այն։",
        ),
        "": ("Ուզում եմ հայտնել {street} փողոցի մոտ պատահածի մասին։ Ով էր արել՝ չեմ տեսել։",),
    },
    "zh-hans": {
        "lost-property": (
            "我在{street}附近的超市丢了钱包，里面有驾照和银行卡。卡已经挂失了。如果有人捡到请联系我，谢谢。",
            "下公交车以后发现手机不见了。我打过自己的号码，有人接但不说话。手机里有孙子的照片。",
            "护照可能掉在机场大巴上了。领事馆说要先报警。",
        ),
        "theft-from-vehicle": (
            "我的车停在{street}，早上发现后窗被砸碎，放在座位下面的电脑包没有了。对面洗衣店有摄像头。",
            "有人打开了我的后备箱，拿走了工具。旁边还有两辆车也被撬了。",
        ),
        "hate-incident": (
            "我在{street}等车的时候，一个不认识的人对我大喊，让我滚回自己的国家。没有人受伤，可是我很害怕。",
            "我们在餐馆说中文，旁边的客人骂我们。我女儿问我他为什么恨我们。",
        ),
        "": ("我想报告在{street}附近发生的事情。我没有看到是谁做的，但是我拍了照片。",),
    },
    "zh-hant": {
        "lost-property": (
            "我在{street}附近的公車上遺失了背包，裡面有眼鏡和家裡的鑰匙。已經問過失物招領處，還沒有消息。",
            "媽媽的助聽器在公園不見了，裝在灰色的小盒子裡。謝謝您的幫忙。",
        ),
        "theft-from-vehicle": ("車子停在{street}過夜，早上看到車窗破了，相機被拿走。鄰居半夜三點聽到玻璃的聲音。",),
        "hate-incident": ("有人在我們寺廟門口貼了仇恨的傳單。我把它收起來了。長輩們很擔心。",),
        "": ("我要報告{street}附近發生的一件事。當時我不在場，是鄰居告訴我的。",),
    },
    "fa": {
        "lost-property": (
            "کیف پولم را نزدیک {street} گم کرده‌ام. گواهینامه و کارت بانکی داخل آن بود. کارت را مسدود کرده‌ام.",
            "بعد از پیاده شدن از اتوبوس متوجه شدم گوشی‌ام نیست. عکس‌های نوه‌هایم در آن است. ممنون از کمک شما.",
        ),
        "theft-from-vehicle": (
            "ماشینم را در {street} پارک کرده بودم. صبح دیدم شیشه شکسته و کیف لپ‌تاپم نیست. مغازه روبرو دوربین دارد.",
        ),
        "hate-incident": (
            "در فروشگاه با مادرم فارسی حرف می‌زدیم که مردی شروع به توهین کرد و گفت به کشورتان برگردید. کسی آسیب ندید.",
        ),
        "": ("می‌خواهم اتفاقی را که نزدیک {street} افتاد گزارش بدهم. ندیدم چه کسی بود.",),
    },
    "ru": {
        "lost-property": (
            "Я потеряла кошелёк недалеко от {street}. Внутри были права и банковская карта. Карту я уже заблокировала.",
            "Вышел из автобуса и заметил, что телефона нет. Звонил на свой номер, никто не ответил. Спасибо за помощь.",
        ),
        "theft-from-vehicle": (
            "Машина стояла на {street}. Утром я увидел, что стекло разбито, а сумка с ноутбуком пропала. Сосед ночью слышал шум.",
        ),
        "hate-incident": (
            "В магазине мужчина услышал наш акцент и стал кричать, чтобы мы убирались домой. Никто не пострадал.",
        ),
        "": ("Хочу сообщить о том, что случилось возле {street}. Кто это сделал, я не видел. Фотографии есть.",),
    },
    "vi": {
        "lost-property": (
            "Tôi làm mất ví gần {street}. Trong ví có bằng lái xe và thẻ ngân hàng. Tôi đã khóa thẻ rồi. Cảm ơn quý vị.",
            "Xuống xe buýt tôi mới biết điện thoại không còn. Tôi gọi nhưng không ai trả lời.",
        ),
        "theft-from-vehicle": (
            "Tôi đậu xe trên {street}, sáng ra thấy kính sau bị vỡ và mất túi đựng máy tính. Hàng xóm có camera.",
        ),
        "hate-incident": (
            "Có người lạ hét vào mặt mẹ tôi ở chợ và bảo chúng tôi về nước. Không ai bị thương nhưng mẹ tôi rất sợ.",
        ),
        "": ("Tôi muốn báo một việc xảy ra gần {street}. Tôi không thấy ai làm. Tôi có chụp hình.",),
    },
    "fil": {
        "lost-property": (
            "Nawala ko ang pitaka ko malapit sa {street}. Nandoon ang lisensya at bank card ko. Na-block ko na ang card. Salamat po.",
            "Pagbaba ko ng bus, wala na ang cellphone ko. Tinawagan ko pero walang sumagot.",
        ),
        "theft-from-vehicle": (
            "Nakaparada ang kotse ko sa {street}. Kinaumagahan basag na ang bintana at wala na ang bag ko.",
        ),
        "hate-incident": (
            "Sinigawan kami ng isang lalaki sa palengke at sinabihang umuwi sa amin. Walang nasaktan pero natakot ang nanay ko.",
        ),
        "": ("Gusto ko pong i-report ang nangyari malapit sa {street}. Hindi ko nakita kung sino ang gumawa.",),
    },
    "ja": {
        "lost-property": (
            "{street}の近くでかばんをなくしました。中に眼鏡と家の鍵が入っています。お店の人にも聞きましたが、見つかりませんでした。",
        ),
        "theft-from-vehicle": (
            "{street}に車を止めておいたところ、朝には窓ガラスが割られ、カメラがなくなっていました。",
        ),
        "hate-incident": (
            "バスを待っているときに、知らない人から国へ帰れとどなられました。けがはありませんが、とても怖かったです。",
        ),
        "": ("{street}の近くであったことを届け出ます。だれがしたのかは見ていません。",),
    },
    "ar": {
        "lost-property": (
            "فقدت محفظتي قرب {street}. كان فيها رخصة القيادة وبطاقة البنك. أوقفت البطاقة. شكرا لمساعدتكم.",
        ),
        "theft-from-vehicle": (
            "أوقفت سيارتي في {street} وفي الصباح وجدت الزجاج مكسورا وحقيبتي غير موجودة. للجار كاميرا.",
        ),
        "hate-incident": ("صرخ رجل في وجهنا أمام المسجد وقال ارجعوا إلى بلادكم. لم يصب أحد، لكن أطفالي خافوا كثيرا.",),
        "": ("أريد الإبلاغ عن أمر حدث قرب {street}. لم أر من فعل ذلك.",),
    },
    "th": {
        "lost-property": ("ดิฉันทำกระเป๋าเงินหายแถว {street} ข้างในมีใบขับขี่และบัตรธนาคาร อายัดบัตรแล้ว ขอบคุณค่ะ",),
        "theft-from-vehicle": ("จอดรถไว้ที่ {street} ตอนเช้าเห็นกระจกแตกและกระเป๋าคอมพิวเตอร์หายไป ร้านซักผ้าฝั่งตรงข้ามมีกล้อง",),
        "hate-incident": ("มีคนไม่รู้จักตะโกนไล่ให้เรากลับประเทศ ไม่มีใครบาดเจ็บ แต่แม่กลัวมาก",),
        "": ("ต้องการแจ้งเรื่องที่เกิดขึ้นใกล้ {street} ไม่เห็นว่าใครทำ",),
    },
    "km": {
        "": ("ខ្ញុំចង់រាយការណ៍ពីរឿងដែលបានកើតឡើងនៅជិត {street}។ ខ្ញុំមិនបានឃើញថានរណាធ្វើទេ។",),
    },
    "hi": {
        "lost-property": (
            "मेरा बटुआ {street} के पास खो गया। उसमें ड्राइविंग लाइसेंस और बैंक कार्ड था। कार्ड बंद करा दिया है। धन्यवाद।",
        ),
        "": ("मैं {street} के पास हुई एक घटना की सूचना देना चाहता हूँ। किसने किया, यह मैंने नहीं देखा।",),
    },
    "he": {
        "lost-property": (
            "איבדתי את הארנק ליד {street}. היו בו רישיון נהיגה וכרטיס אשראי. את הכרטיס כבר ביטלתי. תודה.",
        ),
        "hate-incident": ("אדם זר צעק עלינו קללות כשיצאנו מבית הכנסת. איש לא נפגע, אבל הילדים נבהלו מאוד.",),
        "": ("אני רוצה לדווח על דבר שקרה ליד {street}. לא ראיתי מי עשה זאת.",),
    },
    "pa": {
        "lost-property": ("ਮੇਰਾ ਬਟੂਆ {street} ਦੇ ਨੇੜੇ ਗੁਆਚ ਗਿਆ ਹੈ। ਉਸ ਵਿੱਚ ਲਾਇਸੈਂਸ ਅਤੇ ਬੈਂਕ ਕਾਰਡ ਸੀ। ਧੰਨਵਾਦ।",),
        "": ("ਮੈਂ {street} ਦੇ ਨੇੜੇ ਹੋਈ ਗੱਲ ਦੀ ਰਿਪੋਰਟ ਕਰਨਾ ਚਾਹੁੰਦਾ ਹਾਂ। ਕਿਸ ਨੇ ਕੀਤਾ, ਮੈਂ ਨਹੀਂ ਦੇਖਿਆ।",),
    },
}
ANSWERS = {
    "ko": ("네, 영수증이 있습니다. 필요하시면 가져가겠습니다.",),
    "hy": ("Այո, անդորրագիրը մոտս է։ Կարող եմ բերել։",),
    "zh-hans": ("有收据，需要的话我可以带过去。",),
    "zh-hant": ("有收據，需要的話我可以帶過去。",),
    "fa": ("بله، رسید را دارم و می‌توانم بیاورم.",),
    "ru": ("Да, чек сохранился, могу принести.",),
    "vi": ("Tôi còn giữ hóa đơn, tôi có thể mang đến.",),
    "fil": ("Opo, may resibo ako. Pwede kong dalhin.",),
    "ja": ("レシートがあります。必要でしたら持って行きます。",),
    "ar": ("نعم، الفاتورة معي ويمكنني إحضارها.",),
}
