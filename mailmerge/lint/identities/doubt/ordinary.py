"""Words that are names and anything else besides: Rose Blanc is a person, "vin rosé, blanc" is a menu."""

from __future__ import annotations

from mailmerge.lint.vocabulary import words

ORDINARY = words(
    # French
    "petit petite grand grande gros grosse bon bonne beau belle blanc blanche noir noire roux rousse brun brune rose "
    "rouge vert verte bleu gris jaune clair claire juste fort forte doux douce franc france vif vive sage simple "
    "libre jeune vieux ancien nouveau neuf long longue court large plein premier dernier seul bien mal mieux plus "
    "moins tout pierre roche rocher fontaine bois champ champs pre pont rivage mer lac val mont montagne plage jardin "
    "parc foret prairie vigne rivière riviere source moulin four forge croix chapelle eglise chateau maison villa "
    "tour place porte rue ville bourg village olive prune cerise fleur fleurs marguerite violette lilas iris muguet "
    "capucine anemone jasmin laurier romarin basile cerf loup renard lion aigle merle rossignol poisson mouton agneau "
    "boeuf coq poulet marin boulanger meunier charpentier mercier marchand berger chevalier roi prince comte duc page "
    "pape evêque eveque maire moine clerc tailleur tisserand couturier cordier potier fabre faure carpentier maçon "
    "macon barbier pasteur constant constance clement clemence felicite grace prudence esperance aime aimee desire "
    "desiree bienvenue modeste victoire victor auguste parfait celeste reine ange angele noel pascal toussaint carême "
    "careme dimanche lundi vendredi samedi janvier fevrier mars avril mai juin juillet aout septembre octobre "
    "novembre decembre hiver printemps ete automne matin soir jour nuit soleil lune etoile aurore aube orage vent "
    "neige gel hardi hardy gentil joly joli bonneau bonnet chapeau manteau marteau couteau robe gilles page lettre "
    "poste paris lyon lille nantes toulouse bordeaux nancy metz nice tours brest caen rouen dijon limoges angers "
    "florence vienne sofia lourdes troyes lorraine bretagne normandie provence savoie champagne bourgogne lens laval "
    "valence avignon saint sainte la le les du de des et un une en au aux par pour sur dans sans avec chez est son sa "
    "ses ma mon mes "
    # English
    "young old brown white black green grey gray red blue gold silver king queen bishop pope knight lord noble rich "
    "poor best good better well long short small little big large strong swift quick wise bright dark light sharp "
    "sweet cook baker smith hunter fisher fishers miller mason carter taylor potter turner cooper walker archer "
    "butler farmer gardener shepherd weaver dyer may june april august will mark bill grant hope faith joy love drew "
    "art summer autumn winter spring frost snow rain storm day night dawn moon star sky rose lily daisy violet ivy "
    "heather hazel holly olive ginger pepper amber ruby pearl jade crystal page pages price bond stone wood woods "
    "field fields hill hills lake rivers brook ford bridge park parks church house hall castle gate gates street lane "
    "english french london chester lincoln bath wells reading victoria paris chelsea brooklyn austin dallas houston "
    "georgia virginia sue pat rob jack bob nick rich frank ray dean case chance christian sterling guy miles major "
    "minor an a and the or of in on at to by is it as if so no not "
    # Spanish, Portuguese, Italian
    "rosa blanca blanco negro negra rojo roja verde rubio moreno castaño castano delgado gordo bravo bueno bello bella "
    "fuerte luz sol luna mar cielo estrella paz esperanza dolores consuelo gracia gloria victoria pilar rosario flores "
    "flor campos prado prados montes rios rio fuentes iglesia castillo torre puente calle pastor herrero guerrero "
    "carpintero zapatero molina leon lobo cordero domingo abril agosto julio santos santo cruz reyes rey conde duque "
    "bianco bianca rosso rossa nero verdi bruno grande piccolo forte dolce ricco serena chiara luce gioia fiore fiori "
    "villa monti costa riva fontana marino pace vita franco serra branco branca preto silva pinto ribeiro lima ramos "
    "oliveira pereira carvalho coelho neves vale el los las il lo gli di da do dos das y e o i "
    # German, Dutch
    "klein gross groß lang kurz weiss weiß schwarz roth braun grün grun jung alt neu reich stark fromm ehrlich "
    "müller muller mueller schmidt schneider fischer weber bäcker backer koch jäger jager richter könig konig kaiser "
    "herzog graf vogel fuchs wolf hahn baum busch stein berg bach winter sommer herbst lenz sonntag freitag mai rosen "
    "der die das und oder von zu im am de het een groot kleine wit zwart bruin jong oud bakker visser boer koning "
    "vos haas bos dijk meer "
)
"""Folded; a name that is made of nothing else needs evidence beside it."""
ARTICLES = words(
    "la le les l un une du des au aux ce cette ces the a an this der die das den dem ein eine el los las una il lo gli "
    "i o os as um uma het een"
)
"""Words before a thing, never before a person's full name."""
