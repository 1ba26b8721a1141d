"""What happens in the careful shop: each story sells some items, does everything right, and goes to the limits where there are any."""

from datetime import timedelta

from careful_shop import AS_OF, AUTUMN, PARIS, QUESTIONS, SHELF, SINCE, SPRING, THANKED, THANKS, Shop, days, hours, local, whole_day


def everyday(shop):
    """Sales of every day, from China and from France, some of them with dates alone."""
    span = (AS_OF - days(12) - SINCE) / timedelta(minutes=1)
    for _ in range(230):
        ordered = SINCE + timedelta(minutes=shop.random.randint(0, int(span)))
        origin = shop.random.choice(("CN", "CN", "FR"))
        sale = shop.sell(
            ordered, confirm=shop.random.randint(1, 20), ship=shop.random.randint(2, 24), travel=shop.random.randint(3, 9), origin=origin,
            rating=shop.random.choice(("", "4", "5")),
        )  # fmt: skip
        if shop.random.random() < 0.15:
            for row, columns in ((sale.row, ("ordered_at", "confirmed_at")), (sale.parcel, ("shipped_at", "delivered_at"))):
                row.update({column: whole_day(row[column]) for column in columns})
    for hour in range(2, 24, 3):
        shop.wait(AS_OF - hours(hour))
        shop.wait(AS_OF - hours(hour), "confirmed", confirmed_at=local(AS_OF - hours(hour - 1)))
    for hour in range(30, 240, 7):
        shop.sell(AS_OF - hours(hour), confirm=3, ship=12, travel=9.9)


def to_the_second(shop):
    """Confirmed, dispatched and delivered exactly at the limits, also over both nights of the clock change."""
    for ordered in (SPRING - hours(20), SPRING - hours(47), AUTUMN - hours(20), AUTUMN - hours(47), SINCE + days(40)):
        shop.sell(ordered, confirm=48, ship=0)
        shop.sell(ordered, confirm=0, ship=48, travel=10)
        shop.sell(ordered, confirm=24, ship=24)
    for minutes in range(-90, 120, 30):
        shop.sell(SPRING + timedelta(minutes=minutes), confirm=10)
        shop.sell(AUTUMN + timedelta(minutes=minutes), confirm=10)
        shop.sell(AUTUMN + timedelta(minutes=minutes) - hours(10), confirm=8, ship=2)
    late = shop.sell(SINCE + days(50))
    late.parcel["tracking_uploaded_at"] = local(late.shipped + hours(24))


def prices(shop):
    """Dear items go by signed modes, the others need none: each at its limit and a cent above."""
    for number, (price, origin) in enumerate(
        (("60.00", "CN"), ("60.01", "CN"), ("200.00", "FR"), ("200.01", "FR"), ("60.01", "GB"), ("499.00", "CN"))
    ):
        shop.sell(SINCE + days(20 + number), price=price, origin=origin)
    shop.sell(SINCE + days(31), price="60.00", origin="CN", quantity="4")
    shop.sell(SINCE + days(32), price="199.00", origin="FR", currency="CHF")
    shop.sell(SINCE + days(33), price="250.00", origin="FR", mode="chronopost").parcel["carrier"] = "Chronopost"
    relay = shop.sell(SINCE + days(34), price="35.00", origin="FR", mode="mondial_relay")
    relay.parcel.update(tracking_number="Oui", carrier="Mondial Relay")
    other = shop.sell(SINCE + days(35))
    other.parcel.update(carrier="Autre", tracking_url="https://suivi.transporteur.example/colis")
    gone = {"shipping_mode": "Retrait", "tracking_number": "", "carrier": "", "tracking_uploaded_at": ""}
    shop.sell(SINCE + days(36), origin="FR", mode="pickup").parcel.update(gone)
    better = shop.sell(SINCE + days(37), price="45.00", origin="FR", mode="registered", shipping_mode="Suivi")
    better.parcel["carrier"] = "La Poste"


def parcels(shop):
    """Several parcels for an item, and several items in a purchase, with a parcel each or one for all."""
    twice = shop.sell(SINCE + days(45), price="49.00")
    shop.parcel(twice.row, "tracked", twice.shipped + hours(5), twice.delivered + days(1), "CN")
    apart = shop.sell(SINCE + days(46))
    shop.sell(SINCE + days(46), purchase_id=apart.row["purchase_id"])
    together = shop.sell(SINCE + days(47), price="15.00")
    same = {"purchase_id": together.row["purchase_id"], "confirmed_at": together.row["confirmed_at"]}
    for _ in range(2):
        shop.wait(SINCE + days(47), "delivered", price="15.00", **same)
    together.parcel["item_id"] = ""
    shared = shop.sell(SINCE + days(48), price="15.00")
    other = shop.sell(SINCE + days(48), price="15.00", purchase_id=shared.row["purchase_id"])
    other.parcel["tracking_number"] = shared.parcel["tracking_number"]


def preorders(shop):
    """Pre-orders leave within 48 h of their release; one still waits for it."""
    for ordered, wait in ((SINCE + days(60), 20), (AUTUMN - days(15), 14.5)):
        sale = shop.sell(ordered, ship=wait * 24, is_preorder="Oui")
        sale.row["release_at"] = local(sale.shipped - hours(48))
    shop.wait(AS_OF - days(9), "preorder", is_preorder="Oui", release_at="2026-12-01", confirmed_at=local(AS_OF - days(8.5)))


def refusals(shop):
    """What can't be sold is declined before it is confirmed; few enough."""
    for day in (12, 70, 100, 160):
        shop.wait(AS_OF - days(day), "refused")


def withdrawals(shop):
    """Buyers withdraw: told how, reported to customer service, refunded within 14 days."""
    end = {"cancelled_by": "Acheteur", "cancel_reason": "Rétractation de l'acheteur"}
    quick = SINCE + days(80)
    shop.wait(quick, "cancelled", cancelled_at=local(quick + hours(1)), **end)
    for day, wish in (
        (82, "Bonjour, je souhaite annuler ma commande."),
        (150, "我想取消订单"),
        (210, "I changed my mind, please cancel my order."),
    ):
        ordered = SINCE + days(day)
        sale = shop.wait(ordered, "cancelled", confirmed_at=local(ordered + hours(2)), cancelled_at=local(ordered + hours(30)), **end)
        shop.tell(sale, "buyer", "seller", ordered + hours(4), wish, article=False)
        shop.tell(
            sale,
            "seller",
            "buyer",
            ordered + hours(6),
            "Bonjour, écrivez au service client que vous vous rétractez ; nous gardons le colis.",
        )
        told = (
            f"Bonjour, l'acheteur de l'article {sale.row['item_id']} se rétracte, voyez nos messages. Merci d'enregistrer sa rétractation."
        )
        shop.tell(sale, "seller", "platform", ordered + hours(7), told)
    for day, wish in ((90, "Bonjour, je veux retourner l'article, il ne me plaît pas."), (140, "您好，我想退货")):
        sale = shop.sell(SINCE + days(day), price="40.00")
        gone = sale.delivered + days(14)
        sale.row.update(end, status="Annulée", cancelled_at=local(gone))
        shop.tell(sale, "buyer", "seller", sale.delivered + days(5), wish)
        shop.tell(
            sale, "seller", "buyer", sale.delivered + days(6), 'Bonjour, choisissez "Vous rétracter" dans votre compte, sous 14 jours.'
        )
        shop.refund(sale, "43.90", gone + days(14), "customer_service")
    kept = shop.sell(SINCE + days(95))
    shop.tell(kept, "buyer", "seller", kept.delivered + days(1), "Puis-je le retourner ?")
    shop.tell(kept, "seller", "buyer", kept.delivered + days(1.5), "Oui, par « Vous rétracter » dans votre compte ; ou gardez-le.")


def claims(shop):
    """Claims are answered and settled: by a rebate of half, a refund, proof of delivery; withdrawn where they can be."""
    for number, (kind, price, rebates) in enumerate(
        (("damaged", "50.00", ("20.00", "5.00")), ("货不对板", "29.99", ("14.99",)), ("Incomplet", "35.00", ("17.50",)))
    ):
        sale = shop.sell(SINCE + days(100 + number), price=price)
        opened = sale.delivered + days(14)
        settled = {"solution_accepted_at": local(opened + hours(40)), "closed_at": local(opened + hours(60))}
        shop.claim(sale, kind, opened, ("Retirée", "已撤销", "withdrawn")[number], **settled)
        for place, amount in enumerate(rebates):
            shop.refund(sale, amount, opened + hours(41 + place), "Proposer un rabais")
    asked = shop.sell(SINCE + days(110), price="30.00")
    opened = asked.delivered + days(2)
    told = {
        "platform_request_at": local(opened + hours(50)),
        "platform_reply_at": local(opened + hours(98)),
        "closed_at": local(opened + days(9)),
    }
    shop.claim(asked, "Non reçu", opened, "Gagnée", attachments="10", largest_attachment_mb="50", **told)
    back = shop.sell(SINCE + days(115), price="45.00")
    shop.claim(back, "Défectueux", back.delivered + days(3), "Clôturée", closed_at=local(back.delivered + days(8)))
    shop.refund(back, "48.90", back.delivered + days(8), "customer_service")
    open_claims(shop)


def open_claims(shop):
    """Claims that are still open, in time and with everything that they need."""
    fresh = shop.sell(AS_OF - days(9), travel=4)
    shop.claim(fresh, "Endommagé", AS_OF - hours(20), "Ouverte", seller_replied_at="")
    answered = shop.sell(AS_OF - days(9), travel=4)
    shop.claim(answered, "Défectueux", AS_OF - hours(47), "处理中")
    missing = shop.sell(AS_OF - days(9), travel=30, price="250.00", origin="FR")
    missing.parcel["last_scan_at"] = local(AS_OF - days(7))
    missing.row["status"] = shop.say("claim")
    replied = {"platform_request_at": local(AS_OF - hours(70)), "platform_reply_at": local(AS_OF - hours(22))}
    shop.claim(missing, "Non reçu", AS_OF - days(4), "En médiation", **replied)
    settled = shop.sell(AS_OF - days(12), travel=4)
    shop.claim(settled, "Endommagé", AS_OF - days(6), "Ouverte", solution_accepted_at=local(AS_OF - days(1)))
    shop.tell(settled, "seller", "buyer", AS_OF - hours(23), "Merci de dire au service client que vous retirez la réclamation.")


def warranty(shop):
    """After the buyer's two weeks the seller repairs, replaces or refunds by himself, and reports it."""
    for number, channel in enumerate(("bank_transfer", "PayPal", "转账")):
        sale = shop.sell(SINCE + days(30 + number), price="55.00", rating="4")
        asked = sale.delivered + days(60)
        shop.tell(
            sale, "platform", "seller", asked, "L'acheteur demande l'application de la garantie légale. Veuillez prendre contact avec lui."
        )
        shop.tell(sale, "seller", "buyer", asked + hours(20), "Écrivez à garantie@boutique.example pour le remboursement sous garantie.")
        shop.refund(sale, "58.90", asked + days(3), channel)
        done = f"Bonjour, l'acheteur de l'article {sale.row['item_id']} est remboursé sous garantie, preuve jointe."
        shop.tell(sale, "seller", "platform", asked + hours(40), "Bonjour, nous avons pris contact avec l'acheteur.")
        shop.tell(sale, "seller", "platform", asked + days(3), done)
    claimed = shop.sell(SINCE + days(38), price="55.00")
    opened = claimed.delivered + days(90)
    shop.claim(claimed, "Garantie", opened, "Clôturée", closed_at=local(opened + days(5)))
    shop.refund(claimed, "30.00", opened + days(4), "virement")
    shop.tell(
        claimed, "seller", "platform", opened + days(4), f"Article {claimed.row['item_id']} : remboursement fait, justificatif joint."
    )


def letters(shop):
    """Buyers and customer service are answered within their time, to the second; thanks need no answer."""
    for number, (question, answer) in enumerate(QUESTIONS * 3):
        sale = shop.sell(SINCE + days(120 + number))
        asked = sale.shipped + days(2)
        shop.tell(sale, "buyer", "seller", asked, question, article=number % 2 == 0)
        shop.tell(sale, "seller", "buyer", asked + hours(24 if number % 3 else 1), answer, article=number % 2 == 1)
        shop.tell(sale, "buyer", "seller", asked + hours(30), THANKS[number % len(THANKS)])
    for number, body in enumerate(
        ("Merci de nous transmettre la facture d'achat.", "请提供发货证明。", "Could you send us the proof of dispatch?")
    ):
        sale = shop.sell(SINCE + days(140 + number))
        shop.tell(sale, "platform", "seller", sale.delivered, body)
        answer = f"Bonjour, voici le document pour {sale.row['purchase_id']}/{sale.row['item_id']}. Merci d'annuler la réclamation."
        shop.tell(sale, "seller", "platform", sale.delivered + hours(48), answer, article=number == 0)
        shop.tell(sale, "platform", "seller", sale.delivered + hours(60), THANKED[number])
    day = shop.sell(SINCE + days(150))
    shop.tell(day, "buyer", "seller", day.shipped + days(1), "Bonjour, est-il parti ?")
    shop.tell(day, "seller", "buyer", day.shipped + days(1.2), "Oui, hier.")
    for message in shop.tables["messages"][-2:]:
        message["sent_at"] = whole_day(message["sent_at"])
    waiting = shop.sell(AS_OF - days(6))
    shop.tell(waiting, "buyer", "seller", AS_OF - hours(24), "Bonjour, où est mon colis ?")
    shop.tell(waiting, "platform", "seller", AS_OF - hours(23), "Veuillez nous communiquer le numéro de suivi.")


STORIES = (everyday, to_the_second, prices, parcels, preorders, refusals, withdrawals, claims, warranty, letters)


def tables(seed=20261109):
    """Every table of the shop as rows of text."""
    shop = Shop(seed)
    for story in STORIES:
        story(shop)
    return {**shop.tables, **SHELF}


def nights():
    """The days whose nights have 23 and 25 hours."""
    return [moment.astimezone(PARIS).date() for moment in (SPRING, AUTUMN)]
