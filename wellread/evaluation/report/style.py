"""How the report looks: one column on a phone, figures side by side on a desk, nothing cut apart in print."""

STYLE = """
:root { color-scheme: light }
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #111; background: #fff; margin: 0 auto;
  padding: 1rem; max-width: 60rem; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-top: 2px solid #111 }
ul { padding-left: 1.2rem } li { margin: .3rem 0 }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .5rem 0 }
caption { text-align: left; font-weight: 600; padding: .25rem 0 }
th, td { text-align: right; padding: .15rem .6rem; border-bottom: 1px solid #bbb; white-space: nowrap }
th:first-child { text-align: left; padding-left: 0 } thead th { border-bottom: 1px solid #111; font-weight: 600 }
tbody th { font-weight: 400 }
.wide { overflow-x: auto; max-width: 100% } .wide:focus-visible, summary:focus-visible { outline: 3px solid #0072b2 }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1.5rem }
figure { margin: 0; min-width: 0 } svg { width: 100%; height: auto; max-width: 26rem } figcaption { font-size: .9rem }
details { margin: .5rem 0 } summary { cursor: pointer; padding: .4rem 0 }
details .wide { max-height: 22rem; overflow: auto }
pre { font-size: .85rem; white-space: pre-wrap; border-left: 3px solid #bbb; padding-left: .75rem }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .2rem 1rem }
dt { font-weight: 600 } dd { margin: 0; min-width: 0 }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt }
  figure, table, pre { break-inside: avoid } h2 { break-after: avoid } details:not([open]) { display: none }
  details .wide { max-height: none }
}
"""
