"""Signs of statistical tables in traditional characters, for files in Big5. What is not listed stays as
it is: no word that a reader knows, so it is asked about."""

from __future__ import annotations

_PAIRS = (
    "區区縣县鎮镇鄉乡億亿萬万額额總总標标稱称單单計计產产業业資资財财稅税預预決决餘余貸贷農农規规與与營营業业發发"
    "長长幅幅額额數数值值絕绝對对實实際际達达進进進进齊齐佔占環环較较減减個个點点點点電电量量瓩瓩際际價价費费"
    "銷销貨货貿贸進进額额務务運运輸输郵邮樓楼屋屋積积積积時时間间歲岁來来國国際际際际經经濟济統统計计報报"
    "類类別别項项類类現现當当期期本本頭头銀银餐餐宿宿飲饮業业從从業业員员戶户續续開开關关區区設设備备築筑"
    "導导質质標标準准備备註注說说明明備备檢检測测評评級级號号碼码種种處处辦办會会議议調调整整執执行行結结構构"
    "擴扩縮缩動动勢势術术創创補补貼贴歷历屆届後后內内外外兩两雙双隻只臺台灣湾衛卫廣广東东雲云豐丰慶庆陽阳"
    "陳陈興兴華华莊庄橋桥場场島岛嶺岭澤泽濱滨灣湾龍龙馬马鳳凤鳥鸟魚鱼湯汤溫温潤润漢汉滬沪澱淀濰潍淨净"
    "況况狀状態态遷迁區区強强於于並并為为從从來来個个這这還还過过應应該该無无將将會会讓让說说請请謝谢護护證证認认記记試试"
    "佈布週周製制復复穀谷鬆松餘余徵征併并匯汇彙汇傢家採采捨舍誌志癥症衝冲闢辟鹼碱"
)
_TABLE = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))


def simplified(text: str) -> str:
    """The text in the characters of the mainland, as far as they stand in such tables."""
    return text.translate(_TABLE)
