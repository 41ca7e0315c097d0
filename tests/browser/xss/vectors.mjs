/* vectors.mjs - ways to have a script run from what somebody writes, one each: HIT stands for a call that the test hears. In the order of what they try. */

/** Elements that carry or load a script. */
const elements = String.raw`
<script>HIT</script>
<SCRIPT>HIT</SCRIPT>
<ScRiPt >HIT</sCrIpT >
<script/x>HIT</script>
<script type=module>HIT</script>
<script type="text/javascript;x=y">HIT</script>
<script src="data:text/javascript,HIT"></script>
<script src=data:,HIT></script>
<script src="//127.0.0.1/evil.js"></script>
<script xlink:href="data:,HIT"></script>
<script>/*<!--*/HIT/*-->*/</script>
<script><!--
HIT
//--></script>
<scr<script>ipt>HIT</scr</script>ipt>
<<script>HIT//<</script>
<script
>HIT</script
>
<script>HIT
<noscript><p title="</noscript><script>HIT</script>"></p></noscript>
<style><script>HIT</script></style>
<style></style><script>HIT</script>
<title><script>HIT</script></title><script>HIT</script>
<textarea><script>HIT</script></textarea><img src=x onerror=HIT>
<xmp><p title="</xmp><script>HIT</script>"></xmp>
<noembed><img title="</noembed><img src=x onerror=HIT>"></noembed>
<noframes><img title="</noframes><img src=x onerror=HIT>"></noframes>
<iframe src="javascript:HIT"></iframe>
<iframe srcdoc="<script>parent.HIT</script>"></iframe>
<iframe srcdoc="&lt;img src=x onerror=parent.HIT&gt;"></iframe>
<iframe src="data:text/html,<script>parent.HIT</script>"></iframe>
<iframe onload=HIT></iframe>
<frameset onload=HIT></frameset>
<frame src="javascript:HIT">
<object data="javascript:HIT"></object>
<object data="data:text/html,<script>parent.HIT</script>"></object>
<embed src="javascript:HIT">
<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='parent.HIT'/>">
<applet code="javascript:HIT"></applet>
<base href="javascript:HIT//">
<base href="data:text/javascript,HIT//">
<link rel=stylesheet href="data:text/css,*{background:url(javascript:HIT)}">
<link rel=import href="data:text/html,<script>HIT</script>">
<link rel=modulepreload href="data:text/javascript,HIT" onload=HIT>
<meta http-equiv=refresh content="0;url=javascript:HIT">
<meta http-equiv=refresh content="0;url=data:text/html,<script>HIT</script>">
<meta http-equiv="Content-Security-Policy" content="script-src * 'unsafe-inline'"><script>HIT</script>
<form action="javascript:HIT"><input type=submit autofocus></form>
<form id=t></form><button form=t formaction="javascript:HIT">x</button>
<isindex action="javascript:HIT" type=image>
<input type=image src=x onerror=HIT>
<math><mtext><script>HIT</script></mtext></math>
<template><script>HIT</script></template><img src=x onerror=HIT>
<template shadowrootmode=open><img src=x onerror=HIT></template>
<portal src="javascript:HIT"></portal>
<xml><script>HIT</script></xml>
<xss id=x tabindex=1 onfocus=HIT autofocus></xss>
<x:script xmlns:x="http://www.w3.org/1999/xhtml">HIT</x:script>
`;

/** Attributes that are called when something happens. */
const events = String.raw`
<img src=x onerror=HIT>
<IMG SRC=x ONERROR=HIT>
<img src=x onerror="HIT">
<img src=x onerror='HIT'>
<img src=x onerror=HIT//
<img src=x:x onerror=HIT >
<img/src=x/onerror=HIT>
<img	src=x	onerror=HIT>
<img
src=x
onerror=HIT
>
<img src="x"onerror="HIT">
<img src='x'onerror='HIT'>
<img """><img src=x onerror=HIT>">
<img src=x alt="a"b" onerror=HIT>
<img src=x onerror&#61;HIT onerror=HIT>
<img src=x one\rror=HIT onerror=HIT>
<img srcset="x 1x" onerror=HIT>
<img src=/media/dot.png onload=HIT>
<image src=x onerror=HIT>
<picture><source srcset=x><img onerror=HIT src=x></picture>
<body onload=HIT>
<body onpageshow=HIT>
<body onhashchange=HIT><a href="#x">x</a>
<body onscroll=HIT><br><br><br>
<html onmousemove=HIT>
<svg onload=HIT>
<svg/onload=HIT>
<svg><g onload=HIT></g></svg>
<svg onload="HIT"/>
<details open ontoggle=HIT><summary>x</summary></details>
<details ontoggle=HIT><summary>x</summary></details>
<dialog open onclose=HIT><form method=dialog><button>x</button></form></dialog>
<audio src=x onerror=HIT>
<audio><source src=x onerror=HIT></audio>
<video src=x onerror=HIT></video>
<video><source onerror=HIT src=x></video>
<video poster=x onloadstart=HIT src=x></video>
<track onerror=HIT src=x>
<input autofocus onfocus=HIT>
<input onblur=HIT autofocus><input autofocus>
<select autofocus onfocus=HIT><option>x</select>
<textarea autofocus onfocus=HIT>x</textarea>
<button autofocus onfocus=HIT>x</button>
<keygen autofocus onfocus=HIT>
<a href=# onclick=HIT>x</a>
<a href=# onmouseover=HIT>x</a>
<a href=# onfocus=HIT autofocus>x</a>
<a href="x" onpointerenter=HIT>x</a>
<b onmouseover=HIT>x</b>
<p onclick=HIT>x</p>
<div onmouseenter=HIT>x</div>
<div contenteditable onbeforeinput=HIT autofocus>x</div>
<div tabindex=0 onfocus=HIT autofocus>x</div>
<div onpointerover=HIT>x</div>
<div onwheel=HIT style="height:999px">x</div>
<div style="animation:x 1s" onanimationstart=HIT>x</div>
<style>@keyframes x{}</style><p style="animation-name:x" onanimationend=HIT>x</p>
<p style="transition:all 1s" ontransitionend=HIT>x</p>
<marquee onstart=HIT>x</marquee>
<marquee loop=1 width=0 onfinish=HIT>x</marquee>
<table onclick=HIT><tr><td onclick=HIT>x</table>
<summary onclick=HIT>x</summary>
<label onclick=HIT>x</label>
<abbr title="x" onmouseover="HIT">x</abbr>
<q oncut=HIT>x</q>
<ins oncopy=HIT>x</ins>
<time datetime=1 onclick=HIT>x</time>
<ol start=1 onclick=HIT><li value=1 onclick=HIT>x</ol>
<blockquote onclick=HIT cite="javascript:HIT">x</blockquote>
<h2 id=x onclick=HIT>x</h2>
<hr onclick=HIT>
<br onclick=HIT clear="&{HIT}">
<wbr onclick=HIT>x
<p oncontentvisibilityautostatechange=HIT style="content-visibility:auto">x</p>
<p onfocusin=HIT tabindex=0>x</p>
<b popover id=p ontoggle=HIT>x</b><button popovertarget=p>x</button>
`;

/** Addresses that are a script. */
const addresses = String.raw`
[x](javascript:HIT)
[x](JAVASCRIPT:HIT)
[x](jAvAsCrIpT:HIT)
[x](javascript&colon;HIT)
[x](javascript&#58;HIT)
[x](javascript&#x3a;HIT)
[x](java&#115;cript:HIT)
[x](java&#x09;script:HIT)
[x](java&Tab;script:HIT)
[x](java&NewLine;script:HIT)
[x](&#x20;javascript:HIT)
[x](&#1;javascript:HIT)
[x](javascript:%61lert(1))
[x](javascript://%0aHIT)
[x](javascript:/**/HIT)
[x](java%0ascript:HIT)
[x](<javascript:HIT>)
[x](<java	script:HIT>)
[x](vbscript:HIT)
[x](livescript:HIT)
[x](data:text/html,<script>HIT</script>)
[x](<data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==>)
[x](data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiLz4=)
[x](blob:HIT)
[x](filesystem:HIT)
[x](view-source:javascript:HIT)
[x](feed:javascript:HIT)
[x](x-javascript:HIT)
[x](intent:#Intent;S.browser_fallback_url=javascript:HIT;end)
[x](file:///etc/passwd)
[x](//javascript:HIT)
[x](about:blank "javascript:HIT")
[x](/ "x\" onmouseover=\"HIT")
[x](/ 'x" onmouseover="HIT')
[x](/"onmouseover="HIT)
[x](#"onmouseover=HIT//)
[x][r]

[r]: javascript:HIT
[x][r]

[r]: / "x" onmouseover=HIT "
[![x](/media/dot.png)](javascript:HIT)
![x](javascript:HIT)
![x" onerror="HIT](x)
![x' onerror='HIT](/media/dot.png)
![x](x" onerror="HIT)
![x](x 'y" onerror="HIT')
![x](data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='HIT'/>)
<javascript:HIT>
<JavaScript:HIT>
<data:text/html,HIT>
<vbscript:HIT>
<x@y.z" onmouseover="HIT>
<https://e.org/"onmouseover="HIT>
https://e.org/"onmouseover="HIT
javascript:HIT
www.e.org/"onmouseover=HIT
<a href="javascript:HIT">x</a>
<a href=javascript:HIT>x</a>
<a href=" javascript:HIT">x</a>
<a href="&#x6A;avascript:HIT">x</a>
<a href="&#0000106&#0000097&#0000118&#0000097&#0000115&#0000099&#0000114&#0000105&#0000112&#0000116&#0000058HIT">x</a>
<a href="jav	ascript:HIT">x</a>
<a href="jav&#x0A;ascript:HIT">x</a>
<a href="jav&#x0D;ascript:HIT">x</a>
<a href="javascript&#x0;:HIT">x</a>
<a href="&#14; javascript:HIT">x</a>
<a href="\x6Aavascript:HIT">x</a>
<a href="//e.org" href="javascript:HIT">x</a>
<a href="javascript:HIT" href="//e.org">x</a>
<a xlink:href="javascript:HIT">x</a>
<a href="x" ping="javascript:HIT" target="_blank">x</a>
<a href="x" style="background:url(javascript:HIT)">x</a>
<area href="javascript:HIT" shape=default>
<map name=m><area href="javascript:HIT" shape=default></map><img usemap=#m src=/media/dot.png>
<img src="javascript:HIT">
<img src="jav&#x09;ascript:HIT">
<img src=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;HIT>
<img dynsrc="javascript:HIT" lowsrc="javascript:HIT">
<img src="data:text/html,<script>HIT</script>">
<input type=image src="javascript:HIT">
<table background="javascript:HIT"><td background="javascript:HIT">x</table>
<blockquote cite="javascript:HIT">x</blockquote>
<q cite="javascript:HIT">x</q>
<video src="javascript:HIT"></video>
<audio src="data:text/html,<script>HIT</script>"></audio>
[[javascript:HIT]]
[[faq/v0|<img src=x onerror=HIT>]]
[x](law:"onmouseover="HIT)
[x](fill:"onmouseover="HIT)
`;

/** Drawings and formulas. */
const drawings = String.raw`
<svg><script>HIT</script></svg>
<svg><script href="data:,HIT"></script></svg>
<svg><script xlink:href="data:,HIT"></script></svg>
<svg><style><img src=x onerror=HIT></style></svg>
<svg><style>&lt;img src=x onerror=HIT></style></svg>
<svg><title><style><img src=x onerror=HIT></style></title></svg>
<svg><desc><img src=x onerror=HIT></desc></svg>
<svg></p><style><a title="</style><img src=x onerror=HIT>"></svg>
<svg><foreignObject><img src=x onerror=HIT></foreignObject></svg>
<svg><foreignObject><iframe srcdoc="<script>parent.HIT</script>"></iframe></foreignObject></svg>
<svg><a href="javascript:HIT"><text y=20>x</text></a></svg>
<svg><a xlink:href="javascript:HIT"><rect width=9 height=9 /></a></svg>
<svg><a><animate attributeName=href values="javascript:HIT" /><text y=20>x</text></a></svg>
<svg><a><set attributeName=href to="javascript:HIT" /><text y=20>x</text></a></svg>
<svg><animate onbegin=HIT attributeName=x dur=1s /></svg>
<svg><set onbegin=HIT attributeName=x dur=1s /></svg>
<svg><animateTransform onbegin=HIT attributeName=transform /></svg>
<svg><image href=x onerror=HIT /></svg>
<svg><image xlink:href="data:image/svg+xml,<svg onload=HIT xmlns='http://www.w3.org/2000/svg'/>" /></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='HIT'/></svg>#x" /></svg>
<svg><handler type="text/javascript" ev:event="load" xmlns:ev="http://www.w3.org/2001/xml-events">HIT</handler></svg>
<svg><feImage href="javascript:HIT" /></svg>
<svg><rect fill="url(javascript:HIT)" width=9 height=9 /></svg>
<svg><text onclick=HIT y=20>x</text></svg>
<svg><![CDATA[><img src=x onerror=HIT>]]></svg>
<svg><x><![CDATA[</svg><img src=x onerror=HIT>]]></x></svg>
<math><a xlink:href="javascript:HIT">x</a></math>
<math href="javascript:HIT">x</math>
<math><maction actiontype="statusline#http://e.org" xlink:href="javascript:HIT">x</maction></math>
<math><mi><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=HIT&gt;"></math>
<math><mtext><table><mglyph><style><math><img src=x onerror=HIT></style></math>
<math><annotation-xml encoding="text/html"><img src=x onerror=HIT></annotation-xml></math>
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=HIT>
`;

/** What a parser reads otherwise than its writer. */
const parsers = String.raw`
<!--><img src=x onerror=HIT>-->
<!---><img src=x onerror=HIT>-->
<!-- --!><img src=x onerror=HIT>-->
<!-- x --><img src=x onerror=HIT>
<!--[if gte IE 4]><script>HIT</script><![endif]-->
<![CDATA[<script>HIT</script>]]>
<!DOCTYPE x [<!ENTITY y "<script>HIT</script>">]>&y;
<?xml version="1.0"?><script>HIT</script>
<? <img src=x onerror=HIT> ?>
<% <img src=x onerror=HIT> %>
</ <img src=x onerror=HIT>
</p <img src=x onerror=HIT>
<p/<img src=x onerror=HIT>
<b <script>HIT</script>>
<b title="<script>HIT</script>">x</b>
<b title='"><img src=x onerror=HIT>'>x</b>
<b title="&quot;><img src=x onerror=HIT>">x</b>
<b title=` + '`><img src=x onerror=HIT>`' + String.raw`>x</b>
<b title="x" title="&#34;><img src=x onerror=HIT>">x</b>
<b class="x&quot; onmouseover=&quot;HIT">x</b>
<b id='x" onmouseover="HIT'>x</b>
<b lang="x&#34;onmouseover=HIT">x</b>
<td title="</td><script>HIT</script>">x</td>
<p><table><img src=x onerror=HIT></table>
<select><style></select><img src=x onerror=HIT></style>
<select><template><style><!--</style><img src=x onerror=HIT>--></template></select>
<option><style></option></select><img src=x onerror=HIT></style>
<a><b><a><img src=x onerror=HIT></a></b></a>
<plaintext><img src=x onerror=HIT>
<listing>&lt;img src=x onerror=HIT&gt;</listing>
<pre><img src=x onerror=HIT></pre>
&lt;img src=x onerror=HIT&gt;
&#60;img src=x onerror=HIT&#62;
&amp;lt;script&amp;gt;HIT&amp;lt;/script&amp;gt;
\<img src=x onerror=HIT\>
+ADw-script+AD4-HIT+ADw-/script+AD4-
¼script¾HIT¼/script¾
＜script＞HIT＜/script＞
%3Cscript%3EHIT%3C/script%3E
<b style="x:expression(HIT)">x</b>
<b style="-moz-binding:url(data:,HIT)">x</b>
<b style="background:url('javascript:HIT')">x</b>
<style>@import 'javascript:HIT';</style>
<style>*{x:expression(HIT)}</style>
` + '`<img src=x onerror=HIT>`' + String.raw`
` + '``<script>`HIT`</script>``' + String.raw`
**<img src=x onerror=HIT>**
_x" onmouseover="HIT_
~~<script>HIT</script>~~
> <img src=x onerror=HIT>
- <img src=x onerror=HIT>
1. <script>HIT</script>
# <img src=x onerror=HIT>
# x {#"onmouseover="HIT}
# x {onclick=HIT}
| a | b |
|---|---|
| <img src=x onerror=HIT> | "><script>HIT</script> |
x[^1]

[^1]: <img src=x onerror=HIT>
x[^<img src=x onerror=HIT>]

[^<img src=x onerror=HIT>]: y
- [ ] <img src=x onerror=HIT>
> [!WARNING] <img src=x onerror=HIT>
> x
> [!"onclick="HIT]
> x
{{ HIT }}
{% HIT %}
{{{ "<img src=x onerror=HIT>" }}}
"><img src=x onerror=HIT>
'><img src=x onerror=HIT>
--><img src=x onerror=HIT>
]]><img src=x onerror=HIT>
</title><script>HIT</script>
</style><script>HIT</script>
</script><script>HIT</script>
</textarea><img src=x onerror=HIT>
"-HIT-"
';HIT//
\';HIT//
\u003cimg src=x onerror=HIT\u003e
<img src=x onerror=HIT
` + '\u2028<script>HIT</script>\n<\u0130mg src=x onerror=HIT>\n<\u017fcript>HIT</\u017fcript>\n<b\u0000 onclick=HIT>x</b>\n<img\u00a0src=x onerror=HIT>\n<img src=x onerror=\ufeffHIT>' + String.raw`
`;

/** Names that stand before the browser's own. */
const clobbers = String.raw`
<img name=getElementById id=getElementById src=x><img src=x onerror=HIT>
<form name=body><input name=attributes></form><img src=x onerror=HIT>
<form id=querySelector name=querySelector></form><script>HIT</script>
<a id=search></a><a id=search name=index href="javascript:HIT">x</a>
<a id=_main></a><a id=document href="javascript:HIT">x</a>
<img name=currentScript src="data:,HIT//"><img name=cookie id=cookie src=x onerror=HIT>
<h2 id=location>x</h2><h2 id=alert onclick=HIT>y</h2>
<p id=__proto__ class=__proto__ onclick=HIT>x</p>
`;

/* A vector is a line; one of several lines has the others behind it until a line that begins like a vector of its own. */
const begins = /^(?:[<[!&\\%>|#*_~`"'(+{}¼＜\u2028-]|\d\.|javascript:|www|https|x\[|\]|\S)/u;
const glued = [/^HIT$/, /^\/\/-->/, /^>/, /^src=x$/, /^onerror=HIT$/, /^\|---/, /^\| </, /^\[r\]:/, /^\[\^[^\]]*\]: /, /^$/];
function split(text) {
  const list = [];
  for (const line of text.split('\n').slice(1, -1)) {
    const follows = list.length && (glued.some((form) => form.test(line)) && !/^> \[!|^> <img/.test(line) || /^> x$/.test(line));
    if (follows) list[list.length - 1] += `\n${line}`;
    else if (begins.test(line)) list.push(line);
  }
  return list;
}
export const vectors = [...new Set([elements, events, addresses, drawings, parsers, clobbers].flatMap(split))];
