// How the page looks.

export const STYLE = `
*{box-sizing:border-box}body{margin:0;display:flex;height:100vh;font:15px/1.46 Lato,"Helvetica Neue",Arial,sans-serif;color:#1d1c1d;background:#fff}
nav{width:210px;background:#3f0e40;color:#d8c5dd;padding:12px;flex:none;overflow:auto}nav h1{font-size:18px;color:#fff;margin:4px 0 12px}
nav a{display:block;color:inherit;text-decoration:none;padding:3px 8px;border-radius:6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
nav a.here{background:#1164a3;color:#fff}nav label{display:block;font-size:13px;margin-bottom:12px}
main{flex:1;display:flex;flex-direction:column;min-width:0}aside{width:400px;border-left:1px solid #ddd;display:flex;flex-direction:column;flex:none}aside[hidden]{display:none}
header{padding:12px 20px;border-bottom:1px solid #ddd;flex:none}header small{color:#616061;margin-left:10px}
.list{flex:1;overflow:auto;padding:12px 0}.home{padding:12px 20px}
.message{display:flex;gap:10px;padding:6px 20px}.message:hover{background:#f8f8f8}.ephemeral{background:#fdf6e7}.only{font-size:12px;color:#616061}
.avatar{width:36px;height:36px;border-radius:6px;color:#fff;font-weight:700;display:grid;place-items:center;flex:none}.body{min-width:0;flex:1}
.who time,.edited{color:#616061;font-size:12px;margin-left:8px}.app{font-size:10px;background:#e8e8e8;color:#616061;border-radius:2px;padding:1px 3px;margin-left:6px}
.block{margin:2px 0 6px;overflow-wrap:anywhere;max-width:720px}.block>h3{font-size:18px;margin:8px 0 4px}.block hr{border:0;border-top:1px solid #ddd;margin:8px 0}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:6px 16px}.beside{display:flex;gap:12px;justify-content:space-between}.accessory{flex:none}
.accessory img{width:88px;height:88px;object-fit:cover;border-radius:6px}
.context,.context_actions{display:flex;flex-wrap:wrap;gap:6px;align-items:center;font-size:12px;color:#616061}.context img{width:20px;height:20px}
.actions{display:flex;flex-wrap:wrap;gap:8px}.block.image img,.picture img{max-width:100%;max-height:360px;border:1px solid #ddd;border-radius:8px;display:block}
.caption{font-size:13px;color:#616061}
.press{font:inherit;font-weight:700;font-size:13px;background:#fff;border:1px solid #bbb;border-radius:4px;padding:4px 12px;cursor:pointer}.press:hover{background:#f8f8f8}
.press.primary{background:#007a5a;border-color:#007a5a;color:#fff}.press.danger{background:#e01e5a;border-color:#e01e5a;color:#fff}.press.quiet{border:0;padding:2px 6px}
.scroll{overflow:auto;max-width:100%}table.cells{border-collapse:collapse;font-size:14px}.cells th,.cells td{border:1px solid #ddd;padding:5px 10px;text-align:left;vertical-align:top}
.cells th{background:#f8f8f8}.cells .right{text-align:right;font-variant-numeric:tabular-nums}.cells .center{text-align:center}.cells caption{text-align:left;font-weight:700;padding:4px 0}
code{background:#f6f6f6;border:1px solid #ddd;border-radius:3px;padding:1px 3px;font:12px Menlo,Consolas,monospace;color:#c01343}
pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;margin:4px 0;font:12px Menlo,Consolas,monospace;white-space:pre-wrap}
blockquote{margin:2px 0;padding-left:10px;border-left:4px solid #ddd}ul,ol{margin:2px 0;padding-left:26px}p{margin:0 0 4px}a{color:#1264a3;text-decoration:none}
.mention{background:#e8f5fa;color:#1264a3;border-radius:3px;padding:0 2px}.loud{background:#fff4d1;color:#8b6100}
.file{display:inline-flex;gap:10px;align-items:center;border:1px solid #ddd;border-radius:8px;padding:8px 14px 8px 8px;margin:4px 8px 4px 0;color:inherit;line-height:1.2}
.kind{background:#2eb67d;color:#fff;font-size:11px;font-weight:700;border-radius:6px;padding:10px 6px}.attachment{border-left:4px solid #ddd;padding-left:10px}
.reaction{display:inline-block;background:#efefef;border-radius:12px;padding:1px 8px;font-size:12px;margin-right:4px}
.replies{font-size:13px;font-weight:700}.replies.none{visibility:hidden}.message:hover .none{visibility:visible}.status{padding:4px 66px;color:#616061;font-style:italic}
.alert{border:1px solid #ddd;border-left:4px solid #1264a3;border-radius:6px;padding:8px}.alert.warning{border-left-color:#ecb22e}.alert.error{border-left-color:#e01e5a}.alert.success{border-left-color:#2eb67d}
.unknown{color:#e01e5a}.composer{border:1px solid #bbb;border-radius:8px;margin:8px 20px 16px;padding:8px;display:flex;gap:8px;align-items:end;flex:none;flex-wrap:wrap}
.composer textarea{flex:1 1 100%;font:inherit;border:0;outline:0;resize:none}.composer input{flex:1;min-width:0}
#modal:not(:empty){position:fixed;inset:0;background:#0008;display:grid;place-items:center}.modal{background:#fff;border-radius:8px;width:520px;max-height:90vh;display:flex;flex-direction:column}
.modal .list{padding:12px 20px}.modal footer{padding:12px 20px;display:flex;gap:8px;justify-content:end;border-top:1px solid #ddd}
.modal label{font-weight:700;display:block}.modal label>*{display:block;width:100%;font:inherit;padding:6px;margin-top:4px}.wrong{color:#e01e5a}
`;
