"""What the command line itself says: help and reports, Chinese or English as the user's locale is."""

from __future__ import annotations

from xltool.messages import language_of_user

WORDS: dict[str, tuple[str, str]] = {
    "xltool": ("把项目支出绩效表在文本、Excel 和 JSON 之间互相转换。", "Official budget-performance forms from text and Excel into data, and back."),
    "usage": ("用法：", "Usage: "),
    "options": ("选项", "Options"),
    "commands": ("命令", "Commands"),
    "version": ("显示版本", "show the version"),
    "help": ("显示本说明", "show this help"),
    "convert": ("把填报转换成官方 Excel 或 JSON", "turn filings into official workbooks or JSON"),
    "convert-long": (
        "SOURCE 是文件、文件夹、通配符（如 *.txt）或 -（标准输入）：纯文本、制表符分隔、Markdown、xlsx、Word (docx)、PDF、JSON，按内容识别。"
        "多个来源时 -o 给文件夹，一个来源写一个文件。不给 -o 则把 JSON 写到标准输出。",
        "SOURCE is a file, a folder, a pattern such as *.txt, or - for stdin: plain text, tab-separated text, Markdown, xlsx, Word (docx), PDF or JSON, "
        "told by content. With several sources -o names a folder, one file a source. Without -o JSON goes to stdout.",
    ),
    "convert-codes": ("退出码：0 已写出；1 --strict 时有存疑或剩余；2 有文件没能转换。", "Exit code: 0 written; 1 with --strict: doubts or leftovers; 2 some file could not be converted."),
    "opt-out": ("输出的 .xlsx 或 .json 文件，多个来源时为文件夹", "the .xlsx or .json file to write; a folder for several sources"),
    "opt-out-xlsx": ("输出的 .xlsx 文件；- 表示标准输出", "the .xlsx file to write; - is stdout"),
    "opt-to": ("输出格式；不给时 xlsx 变 json，其余变 xlsx", "what to write; otherwise xlsx becomes json and the rest xlsx"),
    "opt-stacked": ("所有表叠放在一张工作表上，如公开的汇总表", "all forms below each other on one sheet, as published"),
    "opt-explain": ("逐行显示每段文字归入哪个字段及理由", "show line by line which field each piece went to, and why"),
    "opt-debug-image": ("把 PDF 页面和识别出的表格线画成图片", "draw the pages of a PDF with the grid found on them"),
    "opt-strict": ("有存疑或剩余时退出码为 1", "exit 1 where there are doubts or leftovers"),
    "opt-force": ("覆盖已有文件", "replace files that exist"),
    "opt-mappings": ("另加一个映射文件夹（可多次；也可设 XLTOOL_MAPPINGS）", "a folder of mappings to add (repeatable; or XLTOOL_MAPPINGS)"),
    "opt-quiet": ("不显示报告，只显示问题", "no report, only problems"),
    "opt-json": ("把结果以 JSON 写到标准输出", "the answer as JSON on stdout"),
    "template": ("写出一份空白表", "write a blank form"),
    "template-long": ("FORM 是表式代号，见 xltool forms list。", "FORM is the id of a form, see xltool forms list."),
    "opt-jobs": ("转换到文件夹时的进程数（默认：CPU 核数，文件很少时不另开进程；0：不另开进程，也就没有限时和内存上限）", "processes for converting into a folder (as many as cores; none for a few files; 0: none at all, and then no limit of time and memory)"),
    "opt-seconds": ("每个文件最多几秒（{limit}）", "seconds for one file ({limit})"),
    "opt-memory": ("每个进程最多几 MB 内存（{limit}；Windows 上没有这一上限）", "megabytes of memory for one process ({limit}; Windows has no such limit)"),
    "opt-report": ("把每个文件的结果写成 JSON 报告（转换到文件夹时）", "write what became of each file as JSON (when converting into a folder)"),
    "opt-rows": ("明细的空行数", "empty rows in the list"),
    "forms": ("列出、显示、检验表式", "list, show and prove forms"),
    "forms-list": ("列出已知的表式", "list the forms that are known"),
    "forms-show": ("在终端画出一个表式", "draw a form in the terminal"),
    "forms-schema": ("输出一个表式的 JSON Schema", "print the JSON Schema of a form"),
    "forms-check": ("检验一个映射文件", "prove a mapping file"),
    "forms-check-long": (
        "检查版面、字段、栏目规则；给了 --blank 时再与官方空白表比对栏目和合并单元格。退出码：0 没有问题；1 有问题；2 文件读不了。",
        "Checks the picture, the fields and the caption rule, and with --blank the captions and merges of an official blank. "
        "Exit code: 0 nothing wrong; 1 faults found; 2 the file cannot be read.",
    ),
    "opt-blank": ("与之比对的官方空白表 (.xlsx)", "an official blank (.xlsx) to compare with"),
    "forms-fine": ("{file}：没有问题（{form}，{fields} 个字段，{lists} 个明细）", "{file}: nothing wrong ({form}, fields: {fields}, lists: {lists})"),
    "convert-batch": (
        "转换到文件夹时，再次运行只转换缺少的和有变化的（文件夹里的 .xltool-ledger.json 记着）；人改过的结果不会被覆盖。",
        "Converting into a folder again does only what is missing or changed (.xltool-ledger.json in the folder knows); a result that a person has edited is never replaced.",
    ),
    "speed": ("每秒 {rate} 个", "{rate} files/s"),
    "left": ("还需 {time}", "{time} left"),
    "head-source": ("文件", "file"),
    "head-kind": ("类型", "kind"),
    "head-forms": ("内容", "forms"),
    "head-repairs": ("修复", "repairs"),
    "head-doubts": ("存疑", "doubts"),
    "head-leftover": ("剩余", "left over"),
    "head-result": ("结果", "result"),
    "state-written": ("→ {out}", "→ {out}"),
    "state-unchanged": ("未变", "unchanged"),
    "state-failed": ("未转换", "failed"),
    "rows-left-out": ("…… 另有 {count} 个文件没有存疑和剩余", "… and {count} more files without doubts or leftovers"),
    "totals": (
        "共 {files} 个文件：写出 {written}，未变 {unchanged}，未转换 {failed}；表 {forms} 份，修复 {repairs} 处，存疑 {doubts} 处，剩余 {leftover} 处",
        "files: {files} (written: {written}, unchanged: {unchanged}, failed: {failed}); forms: {forms}, repairs: {repairs}, doubts: {doubts}, left over: {leftover}",
    ),
    "count-forms": ("{form} {count} 份", "{count} × {form}"),
    "read": ("{source}：{forms}", "{source}: {forms}"),
    "written": ("{source} → {out}：{forms}", "{source} → {out}: {forms}"),
    "no-trace": ("{source}：不是文本，没有逐行的解读", "{source}: no text, so there is no reading line by line"),
    "none": ("没有表", "no forms"),
    "repairs": ("修复 {count} 处", "repairs: {count}"),
    "doubts": ("存疑 {count} 处", "doubts: {count}"),
    "leftover": ("剩余 {count} 处", "left over: {count}"),
    "more": ("…… 另有 {count} 处；全部列在 JSON 的 source 中", "… and {count} more; JSON lists all of them under source"),
    "failed": ("{count} 个文件没能转换：", "could not be converted: {count}"),
}


def say(key: str, **words: object) -> str:
    """The words of a key in the user's language, their holes filled."""
    pair = WORDS[key]
    text = pair[0] if language_of_user() == "zh" else pair[1]
    return text.format(**words) if words else text
