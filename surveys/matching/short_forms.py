"""Given names and what they are shortened or spelt to: English, Welsh, and names written down in several ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

_GROUPS = """
    abigail abi abbie abby gail
    adrian ade
    agnes aggie nessa
    alan allan allen al
    alasdair alastair alistair alister al ali
    albert al bert bertie
    alexander alex alec alexandru sandy xander lex sasha
    alexandra alex alexa sandra lexi sasha ali
    alfred alf alfie fred
    alice ali allie
    alison allison ali
    amanda mandy
    amelia amy millie mia
    andrew andy drew
    angela angie ange
    angharad hari haz
    anita annie nita
    ann anne annie anna hannah nan
    annabel bella annie belle
    anthony antony tony ant
    antoinette toni
    arthur art arty
    augustus gus
    barbara barb barbie babs bab
    bartholomew bart
    beatrice bea trixie beattie
    benedict ben benny
    benjamin ben benji benny
    bernadette bernie detta
    bernard bernie
    bethany beth
    bethan beth
    bradley brad
    bridget biddy bridie bridgit
    bronwen bron bronwyn
    calum callum cal
    cameron cam
    caroline carol caz caro carrie
    carolyn carol caz lyn
    catherine katherine kathryn catharine katharine cathryn kate cathy kathy katie kat cat cath kath kitty kay
    cecilia cissy celia
    celeste celia
    charles charlie chas chuck chaz
    charlotte charlie lottie lotte char
    christian chris
    christina christine chris chrissie tina chrissy kirsty
    christopher chris kit topher
    clara clare claire
    clifford cliff
    constance connie
    cornelius con neil
    cynthia cindy
    cyril cy
    dafydd dai daf david dave taffy
    daniel dan danny dani
    danielle dani elle
    david dave davy dai davey
    dean deano
    deborah debra debbie deb debs
    delyth del
    dennis denis den denny
    denise den
    derek del
    desmond des
    diana diane di dianne
    dilys dil
    dominic dom nick
    donald don donny
    donna don
    dorothy dot dottie dolly
    douglas doug dougie
    duncan dunc
    edith edie
    edmund ed eddie ned ted
    edward ed eddie ted teddy ned eddy
    edwin ed eddie win
    eileen aileen
    eirlys eir
    eleanor ellie nell elle nora lenore elinor ella
    elizabeth elisabeth liz beth betty lizzie eliza libby bess lisa betsy elsie lizzy
    ellen nell nellie ellie elin
    eluned lyn luned
    emily em emmy millie
    emma em emmie
    emlyn em
    emyr em
    ernest ernie
    esther essie hester
    eugene gene
    evelyn eve evie
    felicity fliss flick
    fiona fi
    florence flo florrie flossie
    frances fran francesca frankie fanny frannie
    francesca fran frankie chess chessie
    francis frank frankie fran
    frederick fred freddie freddy
    gabriel gabe
    gabrielle gabby gaby elle
    gareth gaz garry gary gaz
    gary gaz garry
    gavin gav
    geoffrey jeffrey geoff jeff
    george georgie
    georgina georgie george gina
    gerald gerry jerry ged
    gerard gerry ged jerry
    geraldine gerry geri
    gillian jill gill gilly jillian
    gladys glad
    glenys glen
    glynis glyn
    gordon gord
    graham graeme grahame
    gregory greg
    gruffydd gruff griff griffith
    guinevere gwen
    gwendolen gwen gwenda gwendoline
    gwenllian gwen llio
    gwilym will gwil
    hannah han
    harold harry hal
    harriet hattie harri harry
    heather hev
    helen helena nell nellie ellen
    helena lena
    henrietta hettie etta
    henry harry hal hank
    herbert bert herb
    hilary hil
    horace harry
    howard howie
    hubert bert hugh
    hugh huw hughie
    humphrey humph
    ian iain
    ieuan ifan evan iwan
    imogen immy
    ioan johannes
    irene rene
    isaac ike zac
    isabel isabella isobel isabelle bella izzy izzie belle
    ivor ifor
    jacob jake
    jacqueline jackie jacky jacqui
    james jim jimmy jamie jem
    jane janey jayne
    janet jan
    janice jan
    jasmine jas jaz
    jason jay jase
    jean jeannie jeanie
    jeffrey jeff
    jennifer jen jenny jenni jenna
    jeremy jez jerry jem
    jessica jess jessie
    joan joanie
    joanna joanne jo joan joey
    jocelyn jo joss
    john johnny jack jon johnnie
    jonathan jonathon jon jonny johnathan johnny
    joseph joe joey jo
    josephine jo josie joey
    joshua josh
    joyce joy
    judith judy jude
    julia julie jules
    julian jules
    juliet jules julie juliette
    justine tina
    karen kaz
    kathleen kath kathy kate kay kathie cathleen
    kayleigh kay
    keith kei
    kenneth ken kenny
    kerry kez
    kevin kev
    kimberley kim kimberly
    kirsten kirsty
    kristina kris tina
    laura laurie lori
    lauren loz laurie
    laurence lawrence larry laurie loz
    leanne lee
    leighton leigh
    leonard len lenny leo
    leslie les lesley
    lewis lew louis lou
    lilian lillian lily lil
    linda lindy lynda lyn lin
    lindsay lindsey linz lyn
    llewellyn llew lyn llywelyn
    lloyd floyd
    louise lou lulu
    lucinda lucy cindy
    lucy lu luce
    lydia lyd
    madeleine maddie maddy madeline
    magdalena magda lena
    malcolm mal malc
    malgorzata gosia margaret
    manjit manny
    manuel manny
    margaret maggie peggy meg marge greta margie mags rita maisie madge daisy mair
    mari mary mair maria
    maria mary ria
    marian marion
    marie mary
    marilyn lyn
    mark marc
    marjorie marge margie
    martha matty
    martin marty
    mary molly polly may mae moll
    matilda tilly mattie tilda
    matthew matt mathew matty mat
    maureen mo maura
    maurice mo morris
    maxine max
    maximilian max
    maxwell max
    megan meg meggie
    meinir mein
    melanie mel
    melissa mel lissa
    mervyn merv
    meurig maurice
    michael mike mick micky mikey micah
    michelle shell shelly chelle micki
    mildred millie
    miranda mandy
    miriam mim
    mitchell mitch
    mohammed mohammad muhammad mohamed mohamad muhammed mohamud muhamad mo md
    monica mon
    morgan mog
    myfanwy myf van fan
    natalie nat nats
    natasha tasha nat
    nathan nat nate
    nathaniel nat nate nathan
    neil niall neal
    nerys ner
    nicholas nick nicky nico nic
    nicola nicky nikki nic nicki
    nigel nige
    noreen nora
    norman norm
    oliver ollie olly
    olivia liv livvy livia
    oscar oz
    oswald oz ozzie
    owain owen
    pamela pam
    patricia pat trish patty tricia trisha paddy patsy
    patrick pat paddy pad
    paula paul
    pauline paula
    penelope penny pen
    percival percy
    peter pete
    philip phillip phil pip
    philippa pippa pip phil
    phyllis phyl
    priscilla cilla
    prudence prue
    rachel rach rachael rae
    ralph rafe
    raymond ray
    rebecca becky becca beck bex rebekah
    reginald reg reggie
    rhiannon rhi non
    rhodri rod
    rhydderch rod
    richard rich dick rick ricky richie dickie
    robert rob bob bobby robbie bert robin rab
    roberta bobbie
    roderick rod roddy
    rodney rod
    roger rodge
    roland roly rowland
    ronald ron ronnie
    rosalind ros roz rosie
    rosamund ros rosie
    rosemary rosie rose ros romy
    rowena ro
    roxanne roxy
    rupert bert
    russell russ
    ruth ruthie
    samantha sam sammy
    samuel sam sammy sami
    sandra sandy sandie
    sarah sara sally sal sadie
    sean shaun shawn
    sebastian seb bas
    serena rena
    sheila shelagh
    shirley shirl
    sian jane sharne
    sidney sydney sid
    silvia sylvia syl
    simon si
    sioned sion janet
    sion john sean
    sophia sophie soph sofia
    spencer spence
    stanley stan
    stephanie steph stef stephie
    stephen steven steve stevie ste stephan stefan
    stewart stuart stu
    susan suzanne susanna susannah sue susie suzie suzy
    tamara tammy
    tamsin tam
    tegan teg
    teresa theresa terry tess tessa tracy therese
    terence terry terrence tel
    thaddeus tad
    theodora thea dora
    theodore ted theo teddy
    thomas tom tommy tomos twm
    timothy tim timmy
    tobias toby
    tracey tracy trace
    trevor trev
    tudor tudur
    ursula ursie
    valerie val
    vanessa nessa
    verity vez
    veronica ronnie vera
    victor vic
    victoria vicky vicki vikki tori vix
    vincent vince vinny vin
    violet vi
    virginia ginny ginger
    vivien vivian viv vivienne
    walter walt wally
    wayne wayno
    wendy wend
    wilfred wilf fred
    wilhelmina mina billie
    william will bill billy willie liam wil
    winifred win winnie freda
    yvonne von vonny
    zachary zach zac zack
    abdul abdel abd
    abdullah abdulla abdallah
    abubakar abu bakar
    aisha ayesha aysha aishah
    ahmed ahmad ahmet
    aleksandra ola alexandra alex
    aleksander alek olek alexander
    alejandro alex ale
    amir ameer
    anastasia ana stacey nastia
    anil neil
    anjali anj
    antonio tony toni
    arjun aj
    ayodele ayo dele
    beatriz bea
    bilal billy
    chidi chid
    chiamaka amaka
    chukwuemeka emeka
    oluwaseun seun
    oluwatobi tobi
    olufemi femi
    olusegun segun
    olumide mide
    olajide jide
    adewale wale
    adebayo bayo ade
    babatunde tunde
    temitope tope temi
    folasade sade fola
    dmitri dmitry dmitriy dima dimitri
    ekaterina katya kate catherine
    eleni helen
    elena helen lena
    fatima fatimah fatma fatema
    francisco paco fran
    giovanni gianni john
    giuseppe pino joe
    guillermo will memo
    gurpreet preet gopi
    harpreet preet harry
    hassan hasan
    hussain hussein husain husein
    ibrahim ebrahim abraham
    iqbal ikbal
    irina ira
    ivan vanya
    jagdeep jag
    jaspreet jas preet
    javier xavi
    joao john
    jorge george
    jose pepe joe
    juan john
    khadija khadijah
    krzysztof chris kris
    kuldeep kul
    lakshmi laxmi
    leila layla leyla laila
    manpreet preet manny
    mariam maryam miriam mariyam
    mikhail misha michael
    mustafa mostafa
    nadezhda nadia
    natalia natasha nat
    navdeep nav
    ngozi ngo
    nikhil nik
    nikolaos nick nikos
    omar umar omer
    osman usman uthman othman
    paolo paul
    parminder parm
    pawel paul
    pedro peter
    piotr peter
    pradeep prad
    priyanka priya
    rajesh raj
    rajinder raj
    rajiv raj rajeev
    ramesh ram
    ranjit ranj
    sanjay sanj
    saeed said sayeed
    saleh salih
    sergei sergey serge
    sukhdeep sukh
    sukhwinder sukh
    sunita sunny
    suresh sunny
    svetlana lana sveta
    tariq tarik tarek
    tatiana tanya tania
    thandiwe thandi
    uchenna uche
    venkatesh venkat
    vijay vij
    vikram vik vicky
    vladimir vlad vova
    wojciech wojtek
    yasmin yasmeen jasmine yaz
    yusuf yousef yousuf joseph youssef yusef
    zainab zaynab zeinab
    zofia sophie zosia
"""


def _linked(groups: str) -> dict[str, frozenset[str]]:
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for line in groups.split("\n"):
        names = line.split()
        for name in names:
            linked[name].update(other for other in names if other != name)
    return {name: frozenset(others) for name, others in linked.items()}


SHORT_FORMS: Mapping[str, frozenset[str]] = _linked(_GROUPS)
"""For each given name the other forms that the same person may go by; a form may stand for several names."""
