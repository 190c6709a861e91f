"""The verbs and nouns that say what a figure counts, by the class of its unit.

An entry is a pattern and what it makes of each class: "case=cases_solved/solved" reads: beside cases it means
`cases_solved`, stage `solved`. The first class of an entry is the one that a growth rate beside the words is of. The
specific stand before the general.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.dataset.vocabularies import INDICATORS
from analysis.readings.lexicon import Lexicon, lexicon

_EAST = """
不批准逮捕|不予批准逮捕|不捕 => person=arrests_approved/review_for_arrest case=arrests_approved/review_for_arrest
不起诉 => person=non_prosecution/ case=non_prosecution/
批准逮捕|批捕|逮捕 => person=arrests_approved/arrest_approved case=arrests_approved/arrest_approved
受理审查起诉|受理移送审查起诉|移送审查起诉|移送起诉 => person=cases_accepted/review_for_prosecution case=cases_accepted/review_for_prosecution
提请批准逮捕|受理审查逮捕 => person=cases_accepted/review_for_arrest case=cases_accepted/review_for_arrest
抗诉 => case=protests_lodged/
提起公诉|起诉 => person=persons_prosecuted/prosecuted case=cases_prosecuted/prosecuted firm=persons_prosecuted/prosecuted
(?:判处|判决|判令|适用)?了?惩罚性赔偿 => case=punitive_damages_cases/ money=damages_awarded/
诉讼请求|支持(?:权利人|原告)|(?:判赔|赔偿)(?:金额|额|总额|损失)?|判令 => money=damages_awarded/
判决生效|生效判决|生效裁判|判处|判决|定罪|获刑|判刑|追究刑事责任 => person=persons_convicted/convicted case=persons_convicted/convicted
新收|收案|受理|接收 => case=cases_accepted/accepted person=cases_accepted/accepted request=complaints/reported
审结|结案|办结|审理 => case=cases_concluded/concluded
移送公安|移送司法|移交公安|移送涉嫌犯罪|移送|移交|移转 => case=cases_transferred/transferred person=cases_transferred/transferred lead=leads_referred/reported
监督[^,;。\\d]{0,10}?(?:移送|立案|撤案) => case=supervision/supervised person=supervision/supervised
调解 => case=other/
(?:共|已|累计|新)立(?!案)(?=[^,;。立\\d]{2,36}案件) => case=cases_filed/filed
立案侦办|立案侦查|立案查处|立案办理|立案 => case=cases_filed/filed person=cases_filed/filed
督办 => case=cases_investigated/supervised
侦破|破获|破案|告破 => case=cases_solved/solved
侦办|查办|查处|办理|查结 => case=cases_investigated/investigated money=value_involved/ person=cases_investigated/investigated
刑事拘留|刑拘 => person=suspects_arrested/detained
抓获|抓捕|采取(?:刑事)?强制措施|落网|到案|捕获|擒获 => person=suspects_arrested/arrested
打掉|摧毁|铲除|打击|斩断 => gang=gangs_destroyed/ place=dens_destroyed/ case=cases_solved/solved
捣毁|端掉|取缔 => place=dens_destroyed/ gang=gangs_destroyed/ store=dens_destroyed/ firm=dens_destroyed/
销毁 => item=goods_destroyed/destroyed weight=goods_destroyed/destroyed money=goods_destroyed/destroyed
(?:罚没款?|罚款|罚金|处罚)(?:总?金额|总额|收入)? => money=fines/fined case=cases_investigated/investigated store=accounts_blocked/ account=accounts_blocked/
(?<!不予)(?<!不)放行 => item=other/ seizure=other/ case=other/
退款|退赔 => money=other/
扣留 => seizure=seizures/detained_at_border item=items_seized/detained_at_border money=value_seized/detained_at_border case=seizures/detained_at_border weight=weight_seized/detained_at_border
查扣|扣押|收缴|缴获|查获|起获|没收|截获|查封|封存 => item=items_seized/seized seizure=seizures/seized money=value_seized/seized weight=weight_seized/seized place=dens_destroyed/ case=cases_investigated/investigated person=suspects_arrested/arrested
涉案金额|涉案总?价值|涉案总?货值|涉案总?金?额|案值|涉案总值|销售金额|销售额|交易额|(?:非法|违法)经营额|经营额|违法所得|获利|涉案|金额 => money=value_involved/
货值(?:总?金额)?|价值|市值 => money=value_seized/seized
挽回[^,;。\\d]{0,8}?损失(?:总?金额|总额)?|挽损(?:金额)? => money=other/ firm=other/
接报|警情 => case=complaints/reported
投入警力 => person=staff/ action=staff/
(?:新设|设立|建立|建成|新建)了? => place=other/ firm=other/
(?:投入|经费|预算)(?:资金|总?金额|总额)? => money=spending/
不合格|假冒率|未通过 => item=samples_failed/sampled seizure=samples_failed/sampled percent=share/sampled
抽检|抽查|检测|检验|抽样|神秘抽检|买样 => item=samples_tested/sampled seizure=samples_tested/sampled store=samples_tested/sampled firm=samples_tested/sampled action=spot_checks/sampled
封禁|封停|处置|封号|禁言|清退(?!店铺|网店) => store=accounts_blocked/ website=websites_closed/removed account=accounts_blocked/ person=accounts_blocked/ firm=accounts_blocked/
关闭网站|关停网站|关闭(?:侵权盗版)?网站 => store=websites_closed/removed place=websites_closed/removed
关闭|关停|关店|清退店铺 => store=stores_closed/removed website=websites_closed/removed firm=stores_closed/removed account=accounts_blocked/
拦截 => listing=listings_removed/removed action=listings_removed/removed item=listings_removed/removed
下架|删除|屏蔽|清理|下线 => listing=listings_removed/removed item=listings_removed/removed store=stores_closed/removed
推送线索|提供线索|移交线索|线索 => lead=leads_referred/reported case=leads_referred/reported
投诉举报|举报[^,;。\\d]{0,8}线索|投诉|举报 => request=complaints/reported case=complaints/reported lead=complaints/reported
反通知|申诉 => request=other/ case=other/
恢复(?:上架)? => listing=other/ store=other/ account=other/ item=other/
调证|协查 => request=service_requests/ case=service_requests/
权利人通知|侵权通知|下架通知|通知 => request=takedown_requests/reported
备案 => case=recordals/ item=recordals/
监测|巡查 => action=patrols/ store=patrols/ place=patrols/
走访|惠及|服务企业 => firm=other/ store=other/
(?:网店|平台|直播间?|微信|网络|对外|累计)销售(?!金额|额|收入)|日产|月产|年产|售出 => item=other/
活跃|在售|在线商品 => store=denominator/ person=denominator/ listing=denominator/ item=denominator/ account=denominator/
(?<=名)民警|警力|关员|执法人员 => person=staff/
出动 => person=staff/ action=enforcement_actions/
检查|排查|执法 => action=enforcement_actions/ place=enforcement_actions/ firm=enforcement_actions/ store=enforcement_actions/ person=staff/
采取(?:知识产权)?保护措施|保护措施 => action=enforcement_actions/
开展 => action=enforcement_actions/
组成|团队|配备|聘请|法官|检察官|调查官|审查员|(?:办案|专职|专门|工作|专业)人员 => person=staff/
入驻|加入|成员|参与 => firm=members/ store=participants/ person=staff/ place=participants/
合作 => firm=members/ place=regions_counted/
涉及 => place=regions_counted/ firm=brands/ money=value_involved/
(?<![名冒])品牌(?=[数\\d,、约近超逾达共总]|权利人|方|商|企业|入驻|$) => firm=brands/ item=brands/
(?:支付|兑现|发放)?(?:举报)?(?:奖励|奖金)(?:资金|总?金额|总额)?|支付 => money=spending/
"""
_WEST = """
not to (?:approve|arrest)|refused to approve => person=arrests_approved/review_for_arrest case=arrests_approved/review_for_arrest
non-prosecution|not to prosecute|decided against prosecut => person=non_prosecution/ case=non_prosecution/
approv\\w+ (?:the )?arrests?|arrests? (?:were |was )?approved|approval of arrest|formal(?:ly)? arrest\\w* => person=arrests_approved/arrest_approved case=arrests_approved/arrest_approved
ordered (?:[a-z]+ ){0,4}?to (?:pay|compensate)(?! (?:a |the )?(?:court|criminal|fine)|[^.;]{0,40}\\b(?:crime|proceeds of))|(?:must|to) compensate => money=damages_awarded/
punitive damages => case=punitive_damages_cases/ money=damages_awarded/
damages|compensation|awarded? => money=damages_awarded/
indict\\w* => case=indictments/prosecuted person=persons_prosecuted/prosecuted
prosecut(?!or|orial)\\w*|arraign\\w*|charg(?:ed|ing)(?! a)|brought to court => person=persons_prosecuted/prosecuted case=cases_prosecuted/prosecuted firm=persons_prosecuted/prosecuted
convict\\w*|sentenc\\w*|found guilty|jailed => person=persons_convicted/convicted case=persons_convicted/convicted
conclud\\w*|closed (?=[^.]{0,40}cases)|(?<=to )a close|adjudicat\\w*|tried|trials => case=cases_concluded/concluded
transferred|transfer(?:ring|s)|hand(?:ed|ing) over|referred|referring|referrals?|report(?:ed|ing) to (?:the |local )?(?:authorit|administrative|judicia|judges|prosecut|courts?|police)\\w* => case=cases_transferred/transferred person=cases_transferred/transferred lead=leads_referred/reported firm=leads_referred/reported
supervis\\w+|oversaw|overseen|(?:took|taken|taking) (?:direct )?charge of => case=cases_investigated/supervised
opened => case=cases_filed/filed seizure=spot_checks/sampled
filed|register(?:ed)?(?= [^.]{0,20}cases)|put on file|filing => case=cases_filed/filed
refund\\w*|reimburs\\w* => money=other/
(?:were|was|been) released(?! (?:on|in|by|today|yesterday|this)\\b)|released (?=because|since|after|back|to (?:the|their)) => item=other/ seizure=other/
accepted|received|took in|heard|handled by courts|newly received => case=cases_accepted/accepted request=complaints/reported lead=complaints/reported
solv\\w*|crack\\w*(?! ?down)|bust(?:ed)?|uncover\\w*|broke (?=[^.]{0,30}case) => case=cases_solved/solved place=dens_destroyed/ gang=gangs_destroyed/
sued|civil suits? => person=other/
investigat\\w*|dealt with|handl\\w+|probe\\w* => case=cases_investigated/investigated person=cases_investigated/investigated
arrest\\w*|captur\\w*|apprehend\\w*|caught|nabbed|rounded up|took into custody|in custody => person=suspects_arrested/arrested
criminal(?:ly)? detain\\w*|criminal detention => person=suspects_arrested/detained
broke up|dismantl\\w*|smash\\w*|disrupt\\w*|busted => gang=gangs_destroyed/ place=dens_destroyed/ case=cases_solved/solved
import suspensions?|detention procedures => seizure=seizures/detained_at_border item=items_seized/detained_at_border case=seizures/detained_at_border
shut(?:ting)? down|clos(?:ed|ing|ure)\\w*|suspended|shuttered => case=cases_concluded/concluded store=stores_closed/removed website=websites_closed/removed place=dens_destroyed/ account=accounts_blocked/ firm=stores_closed/removed
destroy\\w*|destruction|raz\\w*|eliminat\\w* => item=goods_destroyed/destroyed weight=goods_destroyed/destroyed place=dens_destroyed/ gang=gangs_destroyed/ money=goods_destroyed/destroyed
manufacturer'?s suggested retail price|msrp|retail value|retail price|if genuine|had (?:they|the goods|it) been genuine|equivalent genuine => money=value_msrp/seized
fin(?:es?|ed)\\b|penalt\\w* => money=fines/fined
(?:sold|selling|sell|involv\\w*) [^,;.]{0,60}worth|(?:crime|cases?|fraud|offences) worth|value of (?:the|these|those) cases|sales? worth => money=value_involved/
involv\\w*|illegal turnover|case value|turnover|sales of|trade by|transactions? worth|sold => money=value_involved/
street value|market value|worth|valued? |value of|a value|goods value => money=value_seized/seized
detain\\w* => item=items_seized/detained_at_border seizure=seizures/detained_at_border money=value_seized/detained_at_border person=suspects_arrested/detained weight=weight_seized/detained_at_border
stopp\\w*(?= [^,;.]{0,40}attempts)|prevent\\w*|attempts => request=accounts_blocked/
scann\\w*|monitor\\w*|review\\w*|screen\\w* => listing=transactions_checked/ item=transactions_checked/ store=patrols/ request=transactions_checked/
taken (?:away|off the streets) => item=items_seized/seized money=value_seized/seized weight=weight_seized/seized
(?:took|taken|taking) (?:enforcement )?action against => person=enforcement_actions/ firm=enforcement_actions/ store=enforcement_actions/
seiz\\w*|confiscat\\w*|impound\\w*|intercept\\w*|stopped|found|recover(?:ed|ing) => item=items_seized/seized seizure=seizures/seized money=value_seized/seized weight=weight_seized/seized person=suspects_arrested/arrested case=seizures/seized
weigh\\w* => weight=weight_seized/seized
counter[- ]?noti(?:ces?|fications?)|appeals? => request=other/
restor\\w*|reinstat\\w* => listing=other/ store=other/ account=other/ item=other/
requests? for (?:[a-z]+ ){0,3}(?:information|data|records)|(?:information|data|disclosure) requests? => request=service_requests/
applications? for (?:action|assistance|intervention)|customs notices? => request=applications_for_action/ case=applications_for_action/
active (?=(?:[a-z]+ )?(?:sellers?|buyers?|users?|shops?|listings?|customers?|merchants?))|(?:for|on) sale\\b|live listings => store=denominator/ person=denominator/ listing=denominator/ item=denominator/ account=denominator/
takedown requests?|takedown notices?|notices? => request=takedown_requests/reported
tak(?:e|ing|en) ?down|took down|remov\\w*|delet\\w*|delist\\w*|block\\w*|pull\\w* => listing=listings_removed/removed item=listings_removed/removed store=stores_closed/removed account=accounts_blocked/ website=websites_closed/removed request=takedown_requests/reported
ban(?:ned|ning)?\\b|suspend\\w*|terminat\\w* => account=accounts_blocked/ store=accounts_blocked/ person=accounts_blocked/ firm=accounts_blocked/
complain\\w*|reports? (?:from|of (?:suspected|alleged|possible))|tip-?offs? => request=complaints/reported case=complaints/reported
leads?|tips?(?!-?offs?)|clues? => lead=leads_referred/reported
failed|substandard|unqualified|found (?:to be )?fake => item=samples_failed/sampled seizure=samples_failed/sampled percent=share/sampled
test(?:ed|ing)?\\b|sampl\\w*|test-?(?:buys?|purchases?|bought)|spot checks? => item=samples_tested/sampled seizure=samples_tested/sampled action=spot_checks/sampled store=spot_checks/sampled
(?:inspect|examin|x-ray)(?:ed|ing)\\b => seizure=spot_checks/sampled action=enforcement_actions/ place=enforcement_actions/ firm=enforcement_actions/ store=enforcement_actions/
inspect(?!ors?\\b)\\w*|raid\\w*|visit\\w*|searches|searched|law enforcement actions|enforcement actions|operations?|carried out|conducted|check(?:ed|s)\\b => action=enforcement_actions/ place=enforcement_actions/ firm=enforcement_actions/ store=enforcement_actions/
record(?:al|als|ation|ations)|recorded (?:with customs|trade ?marks?|copyrights?|rights|since)|(?<=enforcing )(?=[0-9]) => case=recordals/ item=recordals/ item=recordals/
applications? for action => request=applications_for_action/ case=applications_for_action/
pursu(?:ed|ing) => person=other/ firm=other/
verif\\w*|authenticat\\w* => item=other/
staff|judges|inspectors|employ\\w*|team|took part|personnel|specialists|officers|deployed|mobili[sz]ed => person=staff/
invest(?!igat)\\w*|budgets?|spent|spend\\w*|rewards? => money=spending/
members?|signator(?:y|ies)|joined|enrol\\w*|signed up|registered brands|participat\\w* => firm=members/ store=participants/ person=participants/
locat\\w*|identif\\w* => gang=gangs_identified/
economic loss|losses|lost sales|costs? (?:the|eu|european|legitimate|industr\\w+|businesses|right) => money=losses_estimate/
global trade|trade in (?:counterfeit|fake)|imports of (?:counterfeit|fake) => money=trade_value_estimate/ percent=share/
provinces|cities|countries|member states|regions => place=regions_counted/
"""


@dataclass(frozen=True, slots=True)
class Term:
    """What words make of a figure beside them, by the class of its unit: indicator and stage."""

    means: dict[str, tuple[str, str]]
    first: str


def _terms(lines: str, edge: str) -> tuple[Lexicon, list[Term]]:
    """Return all entries, each under its number, and what each means."""
    patterns: dict[str, str] = {}
    terms: list[Term] = []
    for line in lines.strip().splitlines():
        words, _, meaning = line.partition(" => ")
        means: dict[str, tuple[str, str]] = {}
        for part in meaning.split():
            unit, _, told = part.partition("=")
            indicator, _, stage = told.partition("/")
            if indicator not in INDICATORS:
                raise KeyError(indicator)
            means[unit] = (indicator, stage)
        patterns[f"t{len(terms)}"] = words.strip()
        terms.append(Term(means, next(iter(means))))
    return lexicon(patterns, edge), terms


EAST_TERMS, EAST_MEANS = _terms(_EAST, "")
WEST_TERMS, WEST_MEANS = _terms(_WEST, r"(?<![a-z])")

# The class of a unit, by the dataset's unit, and by the nouns beside a figure without one.
CLASSES = {
    "case": "case", "person": "person", "place": "place", "gang": "gang", "item": "item", "seizure": "seizure",
    "listing": "listing", "store": "store", "lead": "lead", "request": "request", "action": "action", "firm": "firm",
    "kilogram": "weight", "tonne": "weight", "parcel": "seizure", "line": "seizure",
}  # fmt: skip
_NOUNS = (
    ("website", "store", "网站", "websites?|apps?|domains?"),
    ("account", "person", "账号|账户|帐号|主播|达人", "accounts?|influencers?"),
    ("store", "store", "店铺|网店|直播间|店(?!主|内|里|中)|商户|商家", "stores?|shops?|stalls?|outlets?|sellers?"),
    ("listing", "listing", "链接|商品信息|侵权信息|信息|视频", "listings?|links?|posts|offers|adverts?|videos?|content"),
    ("place", "place", "窝点|[联服]?[络务]?站(?=[数约近共逾超\\d]|$)|工厂|作坊|仓库|场所|个省(?!级)|省份|个城市|加工点",
     "dens?|workshops?|factory|factories|warehouses?|sites|premises|locations|provinces|cities|countries|plants|facilities"),
    ("gang", "gang", "团伙|犯罪网络", "gangs?|rings?|groups?|networks?|syndicates?"),
    ("firm", "firm", "企业|单位|公司|经营主体|经营者|平台|(?<!假冒)(?<!知名)(?<!仿冒)品牌|权利人(?=[数约近共逾超\\d]|$)",
     "company|companies|agency|agencies|authorities|vendors?|enterprises|businesses|brands?|merchants|right ?s? ?holders?|rights? ?owners?|signator(?:y|ies)"),
    ("person", "person", "嫌疑人|人数|法官|检察官|调查官|被告人|罪犯|人员|民警",
     "judges?|buyers?|customers?|suspects|suspect|man|woman|men|women|people|persons?|defendants?|offenders?|criminals|officers|arrests|convictions|adults|individuals|members|volunteers|employees|staff|professionals"),
    ("lead", "lead", "线索", "leads?|tips?|referrals?"),
    ("request", "request", "通知|投诉|举报", "notices?|requests?|complaints?|applications?|tip-?offs"),
    ("case", "case", "案件?(?!值|情)|犯罪|纠纷", "cases?|files|reports?(?= of (?:suspected|alleged|possible))|lawsuits?|suits|disputes|prosecutions|investigations"),
    ("seizure", "seizure", "批次|批数|批(?!准|捕|复|评)", "seizures?|shipments?|consignments?|parcels?|packages|detentions?|(?:detention )?procedures|suspensions|containers?"),
    ("action", "action", "人次|(?<!依)次", "inspections?|raids?|operations?|checks|actions?|searches|visits"),
    ("item", "item", "件数|商品|货物|产品|物品|成品|标识|假烟|香烟|药品|吊牌|假货|鞋|服装|手表|手机|化妆品|白酒",
     "items?|samples?|articles?|goods|products?|pieces?|units|bottles|cigarettes|pairs|watches|shoes|bags|toys|phones|airbags"),
)  # fmt: skip
# Pattern, the dataset's unit, and the class.
NOUNS = tuple(
    (re.compile(rf"{east}|(?<![a-z])(?:{west})(?![a-z])"), unit, kind) for kind, unit, east, west in _NOUNS
)
