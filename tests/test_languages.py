"""Everything has one name in each language, in the words of those who read that language."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

import pyoxigraph as og
import pytest

from gdakg.namespaces import BASE, GDA, GRAPH, PREFIXES
from reading import ONTOLOGY, ORGANIZATIONS, Row, rows

TAGS = ("en", "zh-hans", "zh-hant")
#: classes that may be without a member
NOT_YET = {"gda:Task", "gda:Access", "gda:AdoptionDegree", "gda:Provision", "gda:ComputedGap"}
CONCEPTS = (
    *("Pillar", "CooperationArea", "Stage", "DocumentType", "Tier", "GapBasis", "GapStatus"),
    *("Confidence", "ClaimedProperty", "Answer", "StatementKind"),
    *("Task", "Access", "AdoptionDegree", "Provision"),
)
#: classes some members of which have no English name, since none was published
NAMED_IF_IN_ENGLISH = (
    *("schema:Project", "schema:Event", "schema:VideoObject", "bibo:Document"),
    *("gda:Contradiction", "gda:IcsField", "gda:Objective", "gda:Pledge", "gda:WorkItem"),
)

#: Traditional and simplified forms in pairs.  Characters that both scripts have are left out:
#: 准 (as in 核准), 制, 系, 后, 里, 占, 布, 台, 只, 面, 征, 范; a wrong word with one is below.
SCRIPTS: Final = (
    "並并來来個个們们倫伦備备傳传僅仅儕侪儲储內内兩两別别則则劃划動动務务區区協协卻却參参員员問问"
    "單单嚴严國国圖图執执報报場场塊块夥伙學学實实審审寫写將将專专對对導导層层屬属師师帳帐幣币幾几"
    "庫库廢废廣广張张強强徑径從从態态應应戰战戶户採采揮挥擇择據据擬拟擴扩數数斷断於于時时書书會会"
    "條条棄弃業业構构標标樣样機机檔档檢检權权歐欧歷历氣气決决沒没減减測测溫温濟济災灾為为無无營营"
    "狀状獲获現现環环產产畫画異异發发監监確确碼码礎础礙碍種种稱称節节簡简簽签紀纪納纳級级細细終终"
    "組组結结絡络給给統统經经綠绿維维網网緊紧線线緣缘編编練练總总織织續续纖纤義义習习聯联職职與与"
    "興兴華华蓋盖處处虛虚號号術术補补裝装見见規规視视訂订計计訊讯討讨訓训記记設设許许訴诉評评詞词"
    "詢询試试該该語语說说誰谁課课調调論论諾诺謹谨證证識识譯译議议護护讀读變变負负貨货責责買买費费"
    "資资賦赋賴赖購购跡迹軟软載载輸输轉转辭辞這这連连進进運运過过適适遷迁選选還还邊边郵邮銀银鋰锂"
    "錄录鍵键鏈链鑑鉴長长門门開开間间閱阅關关陳陈階阶際际隱隐隸隶離离雲云電电響响頁页頂顶項项須须"
    "預预領领題题類类顧顾顯显驗验驟骤體体點点齊齐倉仓價价優优兒儿凍冻創创劑剂勞劳勝胜勵励啟启嘗尝"
    "團团園园圍围堅坚壓压壞坏壽寿夠够奧奥奪夺婦妇孫孙寧宁寬宽尋寻屆届崗岗嶺岭彈弹彌弥徹彻惡恶慮虑"
    "慶庆憂忧懷怀戲戏拋抛掃扫換换損损搖摇撐撑撥拨擁拥擊击擔担擠挤擺摆敗败敵敌斂敛暫暂曉晓東东極极"
    "樓楼樂乐橋桥歲岁歸归殘残殼壳毀毁氫氢漢汉滿满潔洁潛潜濃浓濕湿灣湾煙烟熱热燈灯燒烧爐炉牆墙牽牵"
    "獎奖獨独獻献瑣琐當当療疗盡尽盤盘碩硕穩稳積积競竞筆笔築筑篩筛糧粮純纯紙纸紹绍絕绝緒绪縮缩繼继"
    "繪绘罰罚羅罗聲声聽听肅肃腦脑臨临舊旧艦舰艙舱蘇苏虧亏蟲虫衛卫衝冲複复覺觉觀观訪访診诊詳详認认"
    "誤误請请諮咨謀谋講讲謝谢豐丰貝贝貢贡財财貫贯貿贸賣卖質质贊赞趨趋車车軌轨較较輔辅輛辆輕轻輪轮"
    "農农遠远違违遙遥鄉乡鄰邻醫医釋释鉛铅鋁铝鋼钢錯错鎖锁鎮镇鐵铁鑄铸鑽钻陽阳陰阴隊队隨随險险雙双"
    "雜杂難难靜静頭头頻频額额願愿風风飛飞飯饭飲饮養养馬马駐驻駕驾驅驱驚惊魚鱼鳥鸟麥麦黃黄黨党籌筹"
    "濾滤輻辐礦矿橫横縱纵緩缓廠厂遺遗憑凭夾夹傷伤殺杀債债償偿凱凯匯汇"
)


def table(words: str) -> dict[str, str]:
    """Return wrong word -> its cure for `words` like "wrong=cure wrong=cure"."""
    return dict(re.findall(r"(\S+)=(\S+)", words))


#: what a reader in Taiwan does not write, and what she writes
MAINLAND: Final = table("""
    標准=標準 規范=規範 制造=製造 系数=係數 征求=徵求 后=後 網絡=網路 互聯網=網際網路
    因特網=網際網路 信息=資訊 數據=資料 軟件=軟體 硬件=硬體 芯片=晶片 服務器=伺服器 接口=介面
    存儲=儲存 搜索=搜尋 鏈接=連結 兼容=相容 默認=預設 算法=演算法 計算機=電腦 帶寬=頻寬
    在線=線上 雲計算=雲端運算 邊緣計算=邊緣運算 量子計算=量子運算 云=雲 人工智能=人工智慧
    智能=智慧 數字=數位 可持續=永續 移動通信=行動通訊 移動=行動 虛擬現實=虛擬實境
    增強現實=擴增實境 氣候變化=氣候變遷 電子垃圾=電子廢棄物 排放因子=排放係數 打印=列印
    可穿戴=穿戴式 生物識別=生物辨識 智能制造=智慧製造 質量=品質 應急=緊急 運營=營運 測量=量測
    最佳實踐=最佳實務 生命周期=生命週期 沙特=沙烏地阿拉伯 視頻=影片 激光=雷射 納米=奈米
    合格評定=符合性評鑑
""")
#: what a reader on the mainland does not write, and what she writes
TAIWAN: Final = table("""
    网路=网络 网际网络=互联网 资讯=信息 资通讯=信息通信 资料库=数据库 资料中心=数据中心
    资料管理=数据管理 开放资料=开放数据 软体=软件 硬体=硬件 晶片=芯片 伺服器=服务器 介面=接口
    程式=程序 演算法=算法 频宽=带宽 云端运算=云计算 边缘运算=边缘计算 量子运算=量子计算
    人工智慧=人工智能 智慧电网=智能电网 智慧制造=智能制造 智慧运输=智能交通 数位=数字
    永续=可持续 行动通讯=移动通信 行动装置=移动设备 实境=现实 气候变迁=气候变化 列印=打印
    专案=项目 最佳实务=最佳实践 量测=测量 沙乌地=沙特 排放系数=排放因子 奈米=纳米 雷射=激光
    搜寻=搜索 萤幕=屏幕 後=后 裡=里 佈=布 臺=台
""")
#: right although a wrong word is in it, and why
RIGHT: Final = {
    "演算法": "not the word 算法",
    "大數據": "Taiwan says so, beside 巨量資料",
    "綠色數字行動@COP28": "the title of DOC-07, as published",
    "中國碳核算數據庫": "the name of CEADs, as published",
    "中國互聯網協會": "the name of the association, as published",
    "組織或網絡": "a network of organizations is no 網路",
}

PAIRS: Final = tuple(zip(SCRIPTS[::2], SCRIPTS[1::2], strict=True))
#: language -> what is wrong in it -> the cure
WRONG: Final[dict[str, dict[str, str]]] = {
    "zh-hans": {**dict(PAIRS), **TAIWAN},
    "zh-hant": {**{simplified: traditional for traditional, simplified in PAIRS}, **MAINLAND},
}


def faults(tag: str, text: str) -> list[str]:
    """Return what is wrong with `text` for readers of the language `tag`, each with its cure."""
    for name in RIGHT:
        text = text.replace(name, "")
    found = [(wrong, cure) for wrong, cure in WRONG.get(tag, {}).items() if wrong in text]
    return [f"for {wrong} write {cure}" for wrong, cure in found]


def miscounted(labels: Iterable[Row]) -> list[str]:
    """Return, for (thing, label), each thing that has not one label in each language."""
    pairs = set(labels)
    counts = Counter((thing, label.rpartition("@")[2]) for thing, label in pairs)
    return [
        f"{short(thing)}: {counts[thing, tag]} in {tag}"
        for thing in sorted({thing for thing, _ in pairs})
        for tag in TAGS
        if counts[thing, tag] != 1
    ]


def short(thing: str) -> str:
    return thing.removeprefix(BASE).removeprefix(GRAPH).replace(GDA, "gda:")


@cache
def terms(prop: str) -> set[Row]:
    """Return (term, object) of the property `prop` in the ontology."""
    found = og.parse(path=ONTOLOGY, format=og.RdfFormat.TURTLE)
    return {
        (triple.subject.value, shown(triple.object))
        for triple in found
        if triple.predicate.value == prop and isinstance(triple.subject, og.NamedNode)
    }


def shown(node: og.NamedNode | og.Literal | og.BlankNode | og.Triple) -> str:
    if isinstance(node, og.Literal):
        return f"{node.value}@{node.language or ''}"
    return node.value if isinstance(node, og.NamedNode) else ""


def kinds() -> list[str]:
    """Return the classes whose members have names in all languages."""
    above = terms(PREFIXES["rdfs"] + "subClassOf")
    gaps = {f"gda:{term.removeprefix(GDA)}" for term, kind in above if kind == f"{GDA}Gap"}
    concepts = [f"gda:{name}" for name in CONCEPTS]
    return [*ORGANIZATIONS, *concepts, "skos:ConceptScheme", "skos:Collection", *sorted(gaps)]


# how many names


@pytest.mark.parametrize("kind", kinds())
def test_one_name_in_each_language(kind: str) -> None:
    found = rows(f"SELECT ?s ?name {{ ?s a {kind} OPTIONAL {{ ?s skos:prefLabel ?name }} }}")
    assert found or kind in NOT_YET, f"nothing in data/ is a {kind}"
    wrong = miscounted(found)
    assert not wrong, (
        f"{len(wrong)} times not one skos:prefLabel: {wrong[:8]}; a missing one goes into"
        " data/translations.ttl, of two one becomes a skos:altLabel"
    )


@pytest.mark.parametrize("kind", NAMED_IF_IN_ENGLISH)
def test_what_has_an_english_name_has_one_in_each_language(kind: str) -> None:
    found = rows(
        f"SELECT ?s ?name {{ ?s a {kind} ; skos:prefLabel ?english , ?name"
        ' FILTER(LANG(?english) = "en") }'
    )
    assert found, f"nothing in data/ is a {kind}"
    wrong = miscounted(found)
    assert not wrong, f"{len(wrong)} times not one skos:prefLabel: {wrong[:8]}"


def test_gaps_of_both_kinds_are_looked_at() -> None:
    assert {"gda:AssertedGap", "gda:ComputedGap"} <= set(kinds())


def test_one_label_for_each_term_of_ours_in_each_language() -> None:
    labels = {row for row in terms(PREFIXES["rdfs"] + "label") if row[0].startswith(GDA)}
    defined = {term for term, _ in terms(PREFIXES["rdfs"] + "isDefinedBy") if term.startswith(GDA)}
    unnamed = defined - {term for term, _ in labels}
    wrong = [*miscounted(labels), *map(short, unnamed)]
    assert not wrong, f"ontology/gdakg.ttl: not one rdfs:label in each language: {wrong[:8]}"


def test_a_chinese_name_without_chinese_is_a_code() -> None:
    """English may not stand in for Chinese; a code or the name of a company may."""
    types = " ".join(ORGANIZATIONS)
    bodies = f"VALUES ?kind {{ {types} }} ?s a ?kind ; skos:prefLabel ?name"
    codes = rows(
        f"SELECT ?s ?code {{ VALUES ?kind {{ {types} }} ?s a ?kind ; skos:notation ?code }}"
    )
    names = {
        (thing, *name.rsplit("@", 1)) for thing, name in rows(f"SELECT ?s ?name {{ {bodies} }}")
    }
    wrong = [
        f"{short(thing)}: {name} in {tag}"
        for thing, name, tag in sorted(names)
        if tag.startswith("zh") and not re.search("[一-鿿]", name) and (thing, name) not in codes
    ]
    assert not wrong, f"translate in data/translations.ttl: {wrong[:8]}"


# which words


@cache
def wording() -> set[Row]:
    """Return (thing, text) of what readers see: names, definitions, titles of graphs, terms.

    Notes are read on tasks only: elsewhere they are words of the sources.
    """
    types = " ".join([*kinds(), *NAMED_IF_IN_ENGLISH])
    labels = f"SELECT ?s ?o {{ VALUES ?kind {{ {types} }} ?s a ?kind ; ?p ?o"
    seen = rows(f"{labels} VALUES ?p {{ skos:prefLabel skos:definition }} }}")
    seen |= rows("SELECT ?s ?o { VALUES ?k { gda:Task gda:TaskStep } ?s a ?k ; skos:note ?o }")
    seen |= rows("SELECT ?s ?o { ?s a void:Dataset ; dcterms:title ?o }")
    for prop in (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "definition"):
        seen |= terms(prop)
    return seen


@pytest.mark.parametrize("tag", ["zh-hans", "zh-hant"])
def test_wording_is_that_of_its_readers(tag: str) -> None:
    texts = {(thing, text.rpartition("@")) for thing, text in wording()}
    read = {(thing, text) for thing, (text, _, language) in texts if language == tag}
    assert len(read) > 500, f"only {len(read)} texts in {tag} were looked at"
    wrong = [
        f"{short(thing)}: {text!r} in {tag}: {', '.join(found)}"
        for thing, text in sorted(read)
        if (found := faults(tag, text))
    ]
    assert not wrong, f"{len(wrong)} such:\n" + "\n".join(wrong[:12])


# the checks themselves


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("zh-hant", "標准化組織"),
        ("zh-hant", "国際標準"),
        ("zh-hant", "人工智能"),
        ("zh-hant", "綠色數字行動"),
        ("zh-hant", "大數據與數據管理"),
        ("zh-hant", "可持續發展"),
        ("zh-hant", "軟件的碳足跡"),
        ("zh-hans", "國际标准"),
        ("zh-hans", "资讯安全"),
        ("zh-hans", "数位转型"),
        ("zh-hans", "永续城市"),
    ],
)
def test_wrong_words_are_found(tag: str, text: str) -> None:
    assert faults(tag, text)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("zh-hant", "大數據"),
        ("zh-hant", "已核准之系統，占三公里"),
        ("zh-hant", "人工智慧與永續資料中心"),
        ("zh-hans", "人工智能与可持续数据中心"),
        ("zh-hans", "所读资料与核准的系统"),
        ("en", "網絡"),
    ],
)
def test_right_words_are_left_alone(tag: str, text: str) -> None:
    assert faults(tag, text) == []


def test_missing_and_doubled_names_are_found() -> None:
    labels = [("a", "x@en"), ("a", "甲@zh-hans"), ("a", "甲@zh-hant"), ("b", "y@en"), ("b", "z@en")]
    assert miscounted(labels) == ["b: 2 in en", "b: 0 in zh-hans", "b: 0 in zh-hant"]
    assert miscounted([("c", "")]) == ["c: 0 in en", "c: 0 in zh-hans", "c: 0 in zh-hant"]


@pytest.mark.parametrize("tag", WRONG)
def test_a_cure_needs_no_cure(tag: str) -> None:
    ill = {cure: found for cure in WRONG[tag].values() if (found := faults(tag, cure))}
    assert not ill


def test_no_character_is_of_both_scripts() -> None:
    traditional, simplified = (set(form) for form in zip(*PAIRS, strict=True))
    assert not traditional & simplified
    assert len(traditional) == len(simplified) == len(PAIRS)
