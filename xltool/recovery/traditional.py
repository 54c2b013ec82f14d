"""Captions in traditional characters: a button of Excel and WPS (简转繁) turns a whole sheet into them.

The characters are those that forms of public finance are printed with; data stay as they are typed.
"""

from __future__ import annotations

from itertools import product

_TRADITIONAL = (
    "萬與專業丟兩嚴個箇為麼於產畝億從們價眾優會體餘脩債剋兌關內冊寫農決況準減擊劃則刪別彆製辦務動區醫昇單佔卻捲壓縣參發髮檯臺號閤後噸員週響迴國場處備復複頭學實審對導"
    "儘盡侷屬崗鞏帶並併庫應開張強歸當態總戶釦執擴報撥綑損換據傚數斷無時顯曉權條來闆標欄樣檔殘毀燬匯彙沒註濟滿點獨環現電監蓋碼確種稱穩類係繫約級納組細終經結給統繼績續"
    "緩編縮職捨節範啣銜補錶裝見觀規視覽計訂認記許論設評訴詞話該誤說請課誰調負財責質貧購費資轉輪輕較輛輸邊達過運這進違適遺採釋裡鍾鐘錯鍵鎮長門問間際隨麵頂項預頻題額馬"
    "驗"
)
_SIMPLIFIED = (
    "万与专业丢两严个个为么于产亩亿从们价众优会体余修债克兑关内册写农决况准减击划则删别别制办务动区医升单占却卷压县参发发台台号合后吨员周响回国场处备复复头学实审对导"
    "尽尽局属岗巩带并并库应开张强归当态总户扣执扩报拨捆损换据效数断无时显晓权条来板标栏样档残毁毁汇汇没注济满点独环现电监盖码确种称稳类系系约级纳组细终经结给统继绩续"
    "缓编缩职舍节范衔衔补表装见观规视览计订认记许论设评诉词话该误说请课谁调负财责质贫购费资转轮轻较辆输边达过运这进违适遗采释里钟钟错键镇长门问间际随面顶项预频题额马"
    "验"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text in simplified characters; the same text where it holds no traditional one."""
    return text.translate(_TABLE)


def spellings(text: str) -> list[str]:
    """All ways to write a short text, each of its characters simplified or traditional."""
    ways = [[letter, *(old for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if new == letter)] for letter in text]
    return ["".join(way) for way in product(*ways)]
