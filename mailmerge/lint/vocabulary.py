"""Lists of words, written as a person reads them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


FREE_MAIL = words(
    "gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr hotmail.be hotmail.co.uk live.com live.fr "
    "msn.com yahoo.com yahoo.fr yahoo.co.uk yahoo.de ymail.com rocketmail.com icloud.com me.com mac.com orange.fr "
    "wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr club-internet.fr aliceadsl.fr aol.com "
    "gmx.com gmx.fr gmx.de gmx.net web.de t-online.de proton.me protonmail.com pm.me mail.com mailo.com zoho.com "
    "btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net skynet.be telenet.be bluewin.ch hispeed.ch "
    "libero.it tiscali.it email.com outlook.de outlook.be yandex.com tutanota.com tuta.io posteo.net posteo.de "
    "fastmail.com"
)
"""Domains that anybody may have an address at."""

COMMON_TLDS = ("com", "fr", "net", "org", "eu", "be", "ch", "de", "uk", "info")
"""Endings that a slip of the pen was probably meant to be."""

GENERIC_TLDS = words(
    "com net org edu gov mil int info biz name pro aero coop museum jobs mobi travel tel cat asia post xxx arpa "
    "app dev page blog shop store online site website space tech cloud digital agency studio design media news press "
    "email mail work works company business consulting solutions services group team network systems software "
    "paris bzh alsace corsica london scot wales cymru berlin hamburg koeln koln bayern nrw wien brussels vlaanderen "
    "gent amsterdam frl eus gal swiss zuerich madrid barcelona moscow istanbul nyc tokyo quebec africa "
    "art club live life world today community social foundation ngo ong academy school university college education "
    "health care clinic doctor law legal lawyer finance bank insurance immo house homes estate land restaurant bar "
    "cafe wine beer bio eco green energy music film video photo photos gallery fashion auto car cars bike ski sport "
    "fit fun games game guru ninja expert tips top win vip xyz icu one link click wiki zone place city center "
    "international global plus ltd limited gmbh sarl sas llc inc corp ventures capital holdings partners industries "
    "engineering build builders construction tools garden farm pet dog kitchen fish pizza coffee rocks cool best "
    "test example invalid local localhost"
)
"""Endings other than countries' that exist, the reserved ones of RFC 2606 among them; the usual ones."""

COUNTRY_TLDS = words(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz "
    "ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et eu fi fj fk fm fo "
    "fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm "
    "jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq "
    "mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re "
    "ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr "
    "tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
"""ISO 3166-1 and what goes with it."""

INTERNAL = words(
    "score scores scoring note notes avis commentaire commentaires comment comments remarque remarques remark remarks "
    "motif motifs reason salaire salaires salary remuneration interviewer interviewers evaluateur evaluation rating "
    "rang rank ranking classement interne internal confidentiel confidential appreciation observation observations"
)
"""Words in the names of columns that are for colleagues only."""

STAFF = words(
    "manager recruteur recruteuse recruiter interviewer interlocuteur interlocutrice referent referente signataire "
    "superieur chef n1 tuteur tutrice correspondant correspondante avec with by par jury panel"
)
"""Words in the names of columns that name a colleague who writes or receives."""

OTHERS = STAFF | words("responsable contact charge chargee parrain entreprise societe company poste employeur conjoint")
"""Words in the names of columns in which a name is not that of the person of the row."""
