"""Shipments: one row a parcel and item; a blank item means the whole purchase."""

from dataclasses import replace

from schemas import choices
from schemas.orders import ITEM_ID, PURCHASE_ID, SHIP_FROM
from schemas.table import Column, Kind, Table

SHIPMENTS = Table(
    name="shipments",
    distinctive=("tracking_number", "shipped_at", "carrier"),
    columns=(
        PURCHASE_ID,
        replace(ITEM_ID, required=False, about=ITEM_ID.about + "; blank for the whole purchase"),
        Column(
            name="shipping_mode",
            kind=Kind.CHOICE,
            about="shipping mode as sent",
            choices=choices.SHIPPING_MODE,
            spellings=(
                "mode de livraison", "mode d'expédition", "mode d'envoi", "mode d'envoi utilisé", "mode utilisé", "mode expédié",
                "type d'envoi", "shipping type", "shipping method", "shipping mode used", "shipping mode sent", "service",
                "发货方式", "运输方式", "实际发货方式", "运输服务",
            ),
        ),
        Column(
            name="carrier",
            kind=Kind.TEXT,
            about="carrier's name",
            spellings=("transporteur", "transporter", "transporter name", "shipping company", "承运商", "物流公司", "快递公司"),
        ),
        Column(
            name="tracking_number",
            kind=Kind.TRACKING,
            about="carrier's number of the parcel",
            spellings=(
                "numéro de suivi", "n° de suivi", "n° suivi", "no suivi", "suivi", "numéro de colis", "n° colis", "trackingnumber",
                "tracking number", "tracking no", "tracking", "tracknum", "跟踪号", "追踪单号", "运单号", "物流单号", "快递单号",
            ),
        ),
        Column(
            name="tracking_url",
            kind=Kind.TEXT,
            about="address where the parcel can be followed",
            spellings=(
                "lien de suivi", "url de suivi", "url suivi", "trackingurl", "tracking url", "tracking link", "tracklink",
                "追踪网址", "追踪链接", "查询网址",
            ),
        ),
        Column(
            name="shipped_at",
            kind=Kind.TIME,
            about="when the parcel left",
            spellings=(
                "date d'expédition", "date expédition", "date d'envoi", "expédié le", "envoyé le", "shipped at", "shipped on",
                "ship date", "shipping date", "dispatch date", "dispatched at", "shipped on date", "发货时间", "发货日期",
            ),
        ),
        Column(
            name="tracking_uploaded_at",
            kind=Kind.TIME,
            about="when the number was given to the platform",
            spellings=(
                "suivi saisi le", "date de saisie du suivi", "date saisie suivi", "tracking uploaded at", "tracking upload date",
                "单号上传时间", "追踪上传时间",
            ),
        ),
        Column(
            name="last_scan_at",
            kind=Kind.TIME,
            about="the carrier's last scan",
            spellings=(
                "dernier scan", "date dernier scan", "dernier événement", "dernier évènement", "last scan", "last scan at",
                "last event", "最后扫描时间", "最新轨迹时间", "最近扫描时间",
            ),
        ),
        Column(
            name="delivered_at",
            kind=Kind.TIME,
            about="when the parcel was handed over",
            spellings=(
                "date de livraison", "livré le", "date de remise", "delivered at", "delivered on", "delivery date", "签收时间",
                "送达时间", "妥投时间",
            ),
        ),
        SHIP_FROM,
    ),
)  # fmt: skip
