"""Endings by which an address without a scheme is known: countries, and the common others."""

import re
from typing import Final

ENDINGS: Final = frozenset(
    re.findall(
        r"\w+",
        """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf
cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg
gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp
kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne
nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl
sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu
wf ws ye yt za zm zw рф

academy agency app art asia bank bar beauty berlin best bike bio biz blog book business cafe care cat center chat city
clinic cloud club com coffee community company coop dental dentist design dev digital doctor edu education email events
expert family farm finance fit fitness fun gal games global gov group guide guru health healthcare help hospital house
info ink insurance int international jobs kids kitchen land legal life link live london love ltd market media med men
mil mobi money moscow museum name net network news ngo one ong onion online ooo org page paris pet pharmacy photo physio
plus post press pro rent report rest review reviews rocks roma run sale school science services shop site social
software solutions space sport store studio support surgery swiss systems taxi team tech tel today tools top tours town
toys travel university vet video vip wiki win work works world wtf xxx xyz yoga zone дети москва онлайн орг рус сайт
""",
    )
)
