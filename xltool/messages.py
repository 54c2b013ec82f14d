"""The catalogue of messages: every code with its sentence in Chinese and in English.

A sentence says what is wrong and what to do. ``{name}`` is filled with the problem's words.
"""

from __future__ import annotations

import locale
import os

CATALOGUE: dict[str, tuple[str, str]] = {
    # mapping files
    "yaml-syntax": ("YAML 写法有误：{what}；请改正后再试", "not valid YAML: {what}; correct it and try again"),
    "yaml-alias": ("不允许使用别名（& 或 *）；请把内容直接写出", "aliases (& and *) are refused; write the content out"),
    "yaml-tag": ("不允许使用标签 {tag}；请删去", "the tag {tag} is refused; remove it"),
    "yaml-repeated-key": ("键 {key} 重复，前一处在第 {line} 行；请删去一处", "key {key} stands twice, first in line {line}; remove one"),
    "yaml-size": ("文件超过 {limit} 字节；映射文件不应这么大", "the file is larger than {limit} bytes; no mapping is that large"),
    "yaml-depth": ("嵌套超过 {limit} 层", "nested more than {limit} levels deep"),
    "yaml-shape": ("{key} 应为{wanted}", "{key} must be {wanted}"),
    "yaml-unknown-key": ("不认识的键 {key}；可用的键：{known}", "unknown key {key}; known keys: {known}"),
    "yaml-missing-key": ("缺少键 {key}", "the key {key} is missing"),
    "picture-bars": ("版面第 {row} 行必须以 | 开头和结尾", "layout row {row} must begin and end with |"),
    "picture-width": ("版面第 {row} 行有 {found} 格，第一行有 {wanted} 格", "layout row {row} has {found} cells, the first has {wanted}"),
    "picture-left": ("版面第 {row} 行第 {column} 格的 < 左边没有可延续的单元", "layout row {row} cell {column}: < has no cell at its left"),
    "picture-above": ("版面第 {row} 行第 {column} 格的 ^ 上面没有可延续的单元", "layout row {row} cell {column}: ^ has no cell above"),
    "picture-rectangle": ("版面第 {row} 行第 {column} 格的单元“{words}”不成矩形", "layout row {row} cell {column}: the cell «{words}» is no rectangle"),
    "picture-repeat": ("版面第 {row} 行的 … 必须紧接在它所重复的一行之下", "layout row {row}: … must stand directly below the row it repeats"),
    "picture-repeat-mark": ("版面第 {row} 行第 {column} 格：含 … 的行只能有 …、^…、^、<，不能有“{words}”", "layout row {row} cell {column}: a row with … holds only …, ^…, ^ and <, not «{words}»"),
    "picture-sideways": ("版面第 {row} 行：不支持横向增长的明细", "layout row {row}: a list that grows sideways is not supported"),
    "picture-braces": ("版面第 {row} 行第 {column} 格：“{words}”的括号不成对", "layout row {row} cell {column}: the braces of «{words}» do not pair"),
    "picture-empty": ("版面为空", "the layout is empty"),
    "picture-field-twice": ("字段 {field} 在版面中出现了两次", "the field {field} stands twice in the layout"),
    "form-id": ("表式代号 {form} 只能用小写字母、数字和连字符", "the form id {form} may hold only lower-case letters, digits and hyphens"),
    "field-not-drawn": ("字段 {field} 已声明，但版面中没有", "the field {field} is declared but not drawn in the layout"),
    "field-not-declared": ("版面中的字段 {field} 没有在 fields 或 tables 中声明", "the field {field} is drawn but not declared under fields or tables"),
    "field-type": ("字段 {field} 的类型 {found} 不认识；可用：{known}", "field {field}: unknown type {found}; known: {known}"),
    "field-path": ("字段 {field} 的 JSON 路径 {found} 无效", "field {field}: {found} is no JSON path"),
    "field-path-twice": ("字段 {field} 与 {other} 的 JSON 路径同为 {path}", "fields {field} and {other} have the same JSON path {path}"),
    "list-field": ("明细 {list} 中的字段 {field} 不在含 … 的行中", "list {list}: the field {field} does not stand in a row with …"),
    "list-outside": ("字段 {field} 在含 … 的行中，但不属于任何明细", "the field {field} stands in a row with … but in no list"),
    "list-split": ("明细 {list} 的字段不在同一个含 … 的行中", "the fields of list {list} do not stand in one row with …"),
    "list-group": ("明细 {list}：分组字段 {field} 必须在其他字段左边", "list {list}: the group field {field} must stand left of the others"),
    "caption-unknown": ("captions 中的“{caption}”不是版面上的栏目", "captions: «{caption}» is no caption of the layout"),
    "field-unknown": ("{key} 中的 {field} 不是本表的字段", "{key}: {field} is no field of this form"),
    "word-expected": ("{key} 应为 {known} 之一，现为“{found}”", "{key} must be one of {known}, found «{found}»"),
    "list-name": ("明细的名称 {list} 不能作 JSON 键；只能用小写字母、数字和下划线", "the list name {list} is no JSON key; use lower-case letters, digits and underscores"),
    "field-path-inside": ("字段 {field} 的 JSON 路径 {path} 在 {other} 之内，而 {other} 已是一个值", "field {field}: the JSON path {path} lies inside {other}, which is a value itself"),
    "field-path-taken": ("字段 {field} 的 JSON 路径 {path} 已有他用", "field {field}: the JSON path {path} is taken"),
    "field-path-year": ("字段 {field}：类型 year 与 JSON 路径 year 只能一起用", "field {field}: type year and JSON path year go together only"),
    "number-expected": ("{key} 应为数字，现为“{found}”", "{key} must be a number, found «{found}»"),
    "look-widths": ("look.widths 有 {found} 个列宽，版面有 {wanted} 列", "look.widths has {found} widths, the layout has {wanted} columns"),
    "caption-rule": ("字段 {field} 的名称与其栏目“{caption}”对不上；若无误请写入 exceptions", "the name of field {field} is not spelled by its caption «{caption}»; if that is right, list it under exceptions"),
    "caption-rule-idle": ("exceptions 中的字段 {field} 与栏目对得上；请删去这条例外", "exceptions: the name of field {field} is spelled by its caption; remove the exception"),
    "caption-rule-other": ("exceptions 说字段 {field} 的栏目是“{written}”，版面上是“{caption}”", "exceptions: field {field} has the caption «{written}», the layout has «{caption}»"),
    "extends-unknown": ("extends 所指的表式 {form} 不存在", "extends names the form {form}, which is not known"),
    "extends-circle": ("extends 成环：{chain}", "extends runs in a circle: {chain}"),
    "blank-without-form": ("空白表中找不到表式 {form} 的栏目", "the blank workbook does not hold the captions of form {form}"),
    "blank-merge": ("“{cell}”在空白表中占 {found}，照版面应占 {wanted}", "«{cell}» covers {found} in the blank; by the layout it covers {wanted}"),
    "blank-caption": ("空白表中是“{found}”，版面上是“{wanted}”", "the blank says «{found}», the layout «{wanted}»"),
    "mapping-twice": ("表式 {form} 已由 {other} 声明", "the form {form} is already declared by {other}"),
    "form-unknown": ("没有表式 {form}；可用：{known}", "there is no form {form}; known forms: {known}"),
    # files
    "file-missing": ("找不到文件；请检查路径", "no such file; check the path"),
    "file-unreadable": ("无法读取：{what}", "cannot be read: {what}"),
    "file-empty": ("文件是空的；请检查是否存错了文件", "the file is empty; check that it is the right one"),
    "file-large": ("文件有 {found} MB，超过 {limit} MB 的上限", "the file has {found} MB, more than the limit of {limit} MB"),
    "file-text": ("内容有 {found} MB，超过 {limit} MB 的上限；请分成几份", "the content has {found} MB, more than the limit of {limit} MB; split it"),
    "budget-unknown": ("没有名为“{what}”的上限；可用：{known}", "there is no budget «{what}»; known budgets: {known}"),
    "budget-value": ("上限 {what} 应为正整数，现为“{found}”", "the budget {what} must be a whole number above 0, found «{found}»"),
    "file-kind": ("不认识这种文件：{what}", "this kind of file is not known: {what}"),
    "file-old-office": ("这是旧版 Office 的文件，但不是工作簿；请用原来的程序打开，另存为 .xlsx、.docx 或 PDF", "this is a file of old Office, but no workbook; open it in its own program and save it as .xlsx, .docx or PDF"),
    "file-doc": ("这是旧版 Word (.doc) 或 WPS 文字 (.wps) 文件；请在 Word 或 WPS 中另存为 .docx 或 PDF", "this is a file of old Word (.doc) or WPS (.wps); save it as .docx or PDF in Word or WPS"),
    "file-ofd": ("这是 OFD 版式文件；请在 OFD 阅读器中转换为 PDF 或 Word 再试", "this is an OFD document; convert it to PDF or Word in an OFD reader"),
    "file-rtf": ("这是 RTF 文件；请在 Word 或 WPS 中另存为 .docx", "this is an RTF document; save it as .docx in Word or WPS"),
    "file-packed": ("这是 {what} 压缩包；请先解压，或改用 .zip", "this is a {what} archive; unpack it first, or use .zip"),
    "file-drm": ("文件受{what}保护，离开本单位的电脑无法打开；请在装有该软件的电脑上解密后再试", "the file is protected by {what}; decrypt it on a machine that has the program"),
    "file-picture": ("这是图片；请先识别成文字再试", "this is a picture; turn it into text (OCR) first"),
    "file-in-use": ("文件正被 Excel、WPS 或其他程序打开，或没有写入权限；请关闭后再试", "the file is open in Excel, WPS or another program, or may not be written; close it and try again"),
    "file-encrypted": ("文件已加密；请先在 Excel 或 WPS 中去掉密码再另存", "文件已加密: the file is encrypted; remove its password in Excel or WPS and save it again"),
    "file-exists": ("文件已存在；加 --force 可覆盖", "the file exists; add --force to replace it"),
    "file-unwritable": ("无法写入：{what}", "cannot be written: {what}"),
    "file-edited": ("文件在上次转换之后被改动过，没有覆盖；请先改名保存，或加 --force 覆盖", "the file was edited after it was converted last and was left as it is; rename it to keep it, or add --force to replace it"),
    "file-died": ("转换这份文件的进程意外中止（{what}），其余文件不受影响；请把这份文件发给维护者", "the process that converted this file broke off ({what}), the others are not affected; please send this file to the maintainers"),
    "file-time": ("{limit} 秒内没有转换完，已停止；请用 --seconds 放宽，或把文件分成几份", "not converted within {limit} seconds and stopped; allow more with --seconds, or split the file"),
    "file-memory": ("转换需要的内存超过 {limit} MB，已停止；请用 --memory 放宽，或把文件分成几份", "converting it takes more than {limit} MB of memory and was stopped; allow more with --memory, or split the file"),
    "report-exists": ("文件已存在，而且不是以前的报告，没有覆盖；请换一个 --report 文件名", "the file exists and is no earlier report; name another with --report"),
    "report-folder": ("--report、--jobs、--seconds、--memory 只用于转换到文件夹", "--report, --jobs, --seconds and --memory are for converting into a folder"),
    "folder-busy": ("另一次转换正在写入这个文件夹；请等它结束再试", "another run is writing into this folder; wait for it to end and try again"),
    "pool-start": ("无法启动转换进程（{what}）；请加 --jobs 0，或放宽 --memory", "no process for converting can be started ({what}); add --jobs 0, or allow more --memory"),
    "folder-needed": ("有多个来源，-o 须为文件夹", "there are several sources, so -o must be a folder"),
    "filing-empty": ("数据里没有任何一份表，写不成工作簿", "the data holds no form, so there is no workbook to write"),
    "out-needed": ("要写 xlsx，请用 -o 给出文件名（-o - 表示标准输出）", "to write xlsx, name the file with -o (-o - is stdout)"),
    "out-kind": ("输出文件须以 .xlsx 或 .json 结尾，现为 {found}", "the output must end in .xlsx or .json, found {found}"),
    "out-kind-to": ("文件名以 {found} 结尾，--to 却是 {to}；请改其中一个", "the file ends in {found}, but --to says {to}; change one of them"),
    "out-full": ("磁盘已满，没有写完；请腾出空间再试", "the disk is full and the output is not complete; make room and try again"),
    "out-kind-xlsx": ("输出文件须以 .xlsx 结尾，现为 {found}", "the output must end in .xlsx, found {found}"),
    "nothing-to-read": ("这里没有可读的文件；请检查路径", "no file to read was found here; check the path"),
    "no-form": ("没有找到任何一种已知的表式（{known}）；请检查文件，或用 --mappings 加上它的映射", "no known form was found ({known}); check the file, or add its mapping with --mappings"),
    "text-encoding": ("不是可识别的文本编码；请另存为 UTF-8", "the text is in no encoding that is known; save it as UTF-8"),
    "text-nul": ("文件中有空字符（NUL），不是文本", "the file holds NUL characters and is no text"),
    # JSON
    "json-syntax": ("不是有效的 JSON：{what}", "not valid JSON: {what}"),
    "json-repeated-key": ("键 {key} 重复", "the key {key} stands twice"),
    "json-schema": ("{path}：{what}", "{path}: {what}"),
    "json-depth": ("JSON 嵌套超过 {limit} 层", "the JSON is nested more than {limit} levels deep"),
    "json-values": ("JSON 里有 {found} 个值，超过 {limit} 个的上限；请分成几份", "the JSON holds {found} values, more than the limit of {limit}; split it"),
    "json-unknown-key": ("{path}：不认识的键 {key}；请删去或改正", "{path}: unknown key {key}; remove or correct it"),
    "json-missing-key": ("{path}：缺少键 {key}；空的单元也要写成 null", "{path}: the key {key} is missing; an empty cell is written null"),
    "json-wants-number": ("{path}：应为数（空则为 null），现为 {found}", "{path}: must be a number (null where empty), found {found}"),
    "json-wants-integer": ("{path}：应为整数（空则为 null），现为 {found}", "{path}: must be a whole number (null where empty), found {found}"),
    "json-wants-string": ("{path}：应为文本（空则为 null），现为 {found}", "{path}: must be text (null where empty), found {found}"),
    "json-wants-object": ("{path}：应为 {{…}}，现为 {found}", "{path}: must be an object {{…}}, found {found}"),
    "json-wants-array": ("{path}：应为列表 […]，现为 {found}", "{path}: must be a list […], found {found}"),
    "json-wants-one-of": ("{path}：应为 {known} 之一，现为 {found}", "{path}: must be one of {known}, found {found}"),
    "json-value": ("{path}：{part} 为 {found}，与文本“{text}”不符", "{path}: {part} is {found}, which does not agree with the text «{text}»"),
    "json-character": ("{path}：{found} 含有不完整的字符", "{path}: {found} holds half a character"),
    "json-mark": ("{path}：{key} 不是一个空的字段，不能有符号", "{path}: {key} is no empty field, so it has no mark"),
    "json-number": ("{path}：{found} 不是普通的数", "{path}: {found} is no ordinary number"),
    # workbooks
    "workbook-broken": ("工作簿已损坏，无法打开：{what}", "the workbook is damaged and cannot be opened: {what}"),
    "workbook-bomb": ("工作簿解压后超过 {limit} MB 的上限；没有打开", "the workbook inflates to more than the limit of {limit} MB; it was not opened"),
    "workbook-dtd": ("工作簿的 {part} 含有文档类型声明（DTD），不予读取", "{part} of the workbook declares a document type (DTD), which is refused"),
    "workbook-range": ("单元格离表格太远（已用区域有 {found} 格，上限 {limit}）；请删去该单元格后再试", "this cell lies too far out (the used range has {found} squares, the limit is {limit}); delete it and try again"),
    "workbook-squares": ("单元格太多（{found} 格，上限 {limit}）；请分成几份", "there are too many cells ({found}, the limit is {limit}); split the file"),
    "workbook-columns": ("表格有 {found} 列，超过 Excel 的 {limit} 列；请删去多余的列", "the table has {found} columns, more than the {limit} that Excel knows; delete those that are not needed"),
    "workbook-merges-many": ("合并单元格超过 {limit} 处；请取消不需要的合并", "there are more than {limit} merged cells; unmerge those that are not needed"),
    "xml-depth": ("XML 的元素嵌套超过 {limit} 层；没有读取", "the elements of the XML are nested more than {limit} levels deep; it was not read"),
    "workbook-merges": ("合并单元格覆盖了超过 {limit} 格；请取消不需要的合并", "merged cells cover more than {limit} squares; unmerge those that are not needed"),
    "workbook-verify": ("写出的工作簿读回后与数据不同：{what}；没有保存", "the workbook reads back differently: {what}; it was not saved"),
    "workbook-blank": ("{path} 是空文本；空的单元请写成 null", "{path} is an empty text; write null for an empty cell"),
    "workbook-item": ("{path} 全是 null，写出后就是空行；请删去这一项", "{path} is null throughout and would be an empty row; remove the item"),
    "workbook-text": ("{path} 的文本超过 Excel 单元格 32767 字的上限", "{path}: the text is longer than the 32,767 characters of an Excel cell"),
    "workbook-character": ("{path} 的文本含有 Excel 文件中不能出现的字符；请删去", "{path}: the text holds a character that no Excel file may hold; remove it"),
    # web pages, archives
    "html-missing": ("读取网页 (HTML) 需要另装：pip install xltool[html]", "reading web pages (HTML) needs an extra: pip install xltool[html]"),
    "html-depth": ("网页的标签嵌套超过 {limit} 层；没有读取", "the tags of the page are nested more than {limit} levels deep; it was not read"),
    "archive-members": ("里面有 {found} 个部件，超过 {limit} 个的上限；没有打开", "it holds {found} parts, more than the limit of {limit}; it was not opened"),
    "zip-broken": ("压缩包已损坏：{what}", "the archive is damaged: {what}"),
    "zip-bomb": ("压缩包解压后超过 {limit} MB 的上限；没有解压", "the archive inflates to more than the limit of {limit} MB; it was not unpacked"),
    "zip-path": ("压缩包里的路径“{what}”指向压缩包之外，不予读取", "the path «{what}» in the archive leads out of it and is refused"),
    # PDF
    "pdf-missing": ("读取 PDF 需要另装：pip install xltool[pdf]", "reading PDF needs an extra: pip install xltool[pdf]"),
    "pdf-broken": ("PDF 已损坏，无法读取：{what}", "the PDF is damaged and cannot be read: {what}"),
    "pdf-encrypted": ("PDF 已加密；请先去掉密码再另存", "the PDF is encrypted; remove its password and save it again"),
    "pdf-scanned": ("这是扫描的 PDF，里面只有图片，没有文字；请先识别成文字（OCR）再试", "this is a scanned PDF: it holds pictures and no text; turn it into text (OCR) first"),
    "pdf-empty": ("PDF 里没有文字；请检查是否存错了文件", "the PDF holds no text; check that it is the right one"),
    "pdf-pages": ("PDF 有 {found} 页，超过 {limit} 页的上限；请分成几份", "the PDF has {found} pages, more than the limit of {limit}; split it"),
    "pdf-size": ("页面大小为 {found} 点，上限为 {limit}；请用正常的纸张重新输出", "the page measures {found} points, the limit is {limit}; print it again on ordinary paper"),
    "pdf-drawing": ("有一页的绘图指令展开后超过 {limit} MB 的上限；没有打开", "one page unfolds to more than the limit of {limit} MB of drawing instructions; it was not opened"),
    "pdf-amount": ("这一页的内容超过 {limit} 个的上限；没有读完", "more than {limit} things stand on this page; it was not read"),
    "debug-image": ("--debug-image 只用于一个 PDF 文件", "--debug-image is for one PDF file"),
    "pdf-time": ("读取超过 {limit} 秒，已停止；请分成几份", "reading took more than {limit} seconds and was stopped; split the document"),
    # Word documents
    "document-broken": ("Word 文档已损坏，无法打开：{what}；请在 Word 或 WPS 中打开后另存", "the Word document is damaged and cannot be opened: {what}; open it in Word or WPS and save it again"),
    "document-bomb": ("Word 文档解压后超过 {limit} MB 的上限；没有打开", "the Word document inflates to more than the limit of {limit} MB; it was not opened"),
    "document-dtd": ("Word 文档的 {part} 含有文档类型声明（DTD），不予读取", "{part} of the Word document declares a document type (DTD), which is refused"),
    "document-depth": ("Word 文档中的表格嵌套超过 {limit} 层；请把表格移出外层表格后再试", "tables of the Word document are nested more than {limit} deep; take them out of the outer tables and try again"),
    "document-parts": ("Word 文档的单元格和段落超过 {limit} 个的上限；请分成几份", "the Word document has more than {limit} cells and paragraphs; split it"),
    "document-squares": ("Word 文档的单元格覆盖了超过 {limit} 格；请分成几份", "the cells of the Word document cover more than {limit} squares; split it"),
    # the command line
    "usage-option": ("没有选项 {what}；请看 {help} --help", "there is no option {what}; see {help} --help"),
    "usage-command": ("没有命令 {what}；请看 {help} --help", "there is no command {what}; see {help} --help"),
    "usage-missing": ("缺少 {what}；请看 {help} --help", "{what} is missing; see {help} --help"),
    "usage-value": ("选项 {what} 的值应为 {known}；请看 {help} --help", "the value of {what} must be {known}; see {help} --help"),
    "usage-argument": ("选项 {what} 后面要有值；请看 {help} --help", "{what} needs a value; see {help} --help"),
    "usage-extra": ("多出了 {what}；请看 {help} --help", "{what} is too much; see {help} --help"),
    "usage-other": ("用法有误：{what}；请看 {help} --help", "wrong use: {what}; see {help} --help"),
    "stopped": ("已中止", "stopped"),
    "internal": ("程序出错：{what}；请把这份文件发给维护者", "the program failed: {what}; please send this file to the maintainers"),
}

RAISED = ("（--budget {budget}=N 可放宽）", " (--budget {budget}=N raises it)")
"""What is added to a sentence that names a budget."""


def language_of_user() -> str:
    """``zh`` or ``en``: from XLTOOL_LANG, else the locale's environment, else the system's locale."""
    for name in ("XLTOOL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if found := os.environ.get(name):
            return "zh" if found.lower().startswith(("zh", "chinese")) else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def sentence(code: str, place: str, words: dict[str, str], language: str | None = None) -> str:
    """The message of a code with its place before and its code behind."""
    pair = CATALOGUE[code]
    which = 0 if (language or language_of_user()) == "zh" else 1
    said = (pair[which] + RAISED[which] * ("budget" in words)).format_map(words)
    return f"{place}: {said} [{code}]" if place else f"{said} [{code}]"
