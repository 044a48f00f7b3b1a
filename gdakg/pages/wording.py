"""The words of the page in its three languages.

Traditional Chinese is worded as in Taiwan, not converted from the simplified.
"""

from typing import Final

#: language tag -> its name in itself
LANGUAGES: Final[dict[str, str]] = {"en": "English", "zh-Hans": "简体", "zh-Hant": "繁體"}

HEADING: Final[dict[str, str]] = {
    "en": "Green digital standards and the gaps between them",
    "zh-Hans": "绿色数字标准及其缺口",
    "zh-Hant": "綠色數位標準及其缺口",
}

#: language tag -> key in the template or the page's code -> text, with {values} to fill in
WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "canvas": "Network of {nodes} nodes and {edges} relations. Arrow keys move it, "
        "+ and − zoom. Search, details and table give the same in words.",
        "close": "Close",
        "count": "{nodes} nodes · {edges} relations",
        "description": "Interactive network of green digital standards, their bodies and the "
        "gaps between them; works offline.",
        "details": "Details",
        "fit": "Show all",
        "incoming": "from",
        "judged": "our judgement",
        "judgedHint": "Lighter links are our judgement, not stated by a source.",
        "kind": "Kind",
        "language": "Language",
        "legend": "Legend",
        "legendHint": "Press a kind to hide or show it.",
        "matches": "{count} matches",
        "name": "Name",
        "noMatch": "Nothing found",
        "noScript": "This page needs JavaScript. It loads nothing from the internet.",
        "nothingSelected": "Choose a node in the picture, by search or in the table to see what "
        "is known of it and walk along its relations.",
        "outgoing": "to",
        "relations": "Relations",
        "search": "Search",
        "searchHint": "Code or name in any language",
        "skip": "Skip to the details",
        "table": "Table",
        "tableTitle": "All nodes",
        "zoomIn": "Zoom in",
        "zoomOut": "Zoom out",
    },
    "zh-Hans": {
        "canvas": "网络图：{nodes} 个节点，{edges} 条关系。方向键移动，+ 和 − 缩放。"
        "搜索、详情和表格以文字提供相同内容。",
        "close": "关闭",
        "count": "{nodes} 个节点 · {edges} 条关系",
        "description": "绿色数字标准、制定机构及标准缺口的交互式网络图，可离线使用。",
        "details": "详情",
        "fit": "显示全部",
        "incoming": "来自",
        "judged": "我们的判断",
        "judgedHint": "较浅的连线是我们的判断，并非来源所述。标准的中文名称为非官方译文。",
        "kind": "类型",
        "language": "语言",
        "legend": "图例",
        "legendHint": "点按某一类型可隐藏或显示。",
        "matches": "{count} 项匹配",
        "name": "名称",
        "noMatch": "未找到",
        "noScript": "本页需要 JavaScript，不会从互联网加载任何内容。",
        "nothingSelected": "在图中、通过搜索或在表格中选择一个节点，"
        "即可查看其信息并沿关系继续浏览。",
        "outgoing": "指向",
        "relations": "关系",
        "search": "搜索",
        "searchHint": "编号或任一语言的名称",
        "skip": "跳到详情",
        "table": "表格",
        "tableTitle": "全部节点",
        "zoomIn": "放大",
        "zoomOut": "缩小",
    },
    "zh-Hant": {
        "canvas": "網路圖：{nodes} 個節點，{edges} 條關係。方向鍵可移動畫面，+ 與 − 可縮放。"
        "搜尋、詳細資訊與表格以文字呈現相同內容。",
        "close": "關閉",
        "count": "{nodes} 個節點 · {edges} 條關係",
        "description": "綠色數位標準、標準組織與標準缺口的互動式網路圖，可離線使用。",
        "details": "詳細資訊",
        "fit": "顯示全部",
        "incoming": "來自",
        "judged": "我們的判斷",
        "judgedHint": "較淺的連線是我們的判斷，並非來源所述。標準的中文名稱為非官方譯文。",
        "kind": "類型",
        "language": "語言",
        "legend": "圖例",
        "legendHint": "點選類型即可隱藏或顯示。",
        "matches": "符合 {count} 筆",
        "name": "名稱",
        "noMatch": "查無資料",
        "noScript": "本頁需要 JavaScript，不會從網際網路載入任何內容。",
        "nothingSelected": "在圖中、透過搜尋或在表格中選取節點，"
        "即可檢視其資訊，並沿著關係繼續瀏覽。",
        "outgoing": "指向",
        "relations": "關係",
        "search": "搜尋",
        "searchHint": "編號或任一語言的名稱",
        "skip": "跳至詳細資訊",
        "table": "表格",
        "tableTitle": "所有節點",
        "zoomIn": "放大",
        "zoomOut": "縮小",
    },
}
